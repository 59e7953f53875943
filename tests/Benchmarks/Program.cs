using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Benchmarks;

// Benchmarks VARIANT TENANT FROM TO [STORAGE]: pulls the interactive sign-ins of [FROM, TO) and prints one line of JSON.
// Benchmarks pack FOLDER ZIP: writes the folder's files as a pack.
// Benchmarks large-pack GIGABYTES: writes a pack of so much to nowhere.
// Benchmarks evidence ITEMS STORAGE ORGANIZATION: lists so many items page after page.
var way = args[0];
if (way == "pack")
{
    await PackBench.RunAsync(args[1], args[2]);
    return;
}

if (way == "large-pack")
{
    await PackBench.RunLargeAsync(int.Parse(args[1], CultureInfo.InvariantCulture));
    return;
}

if (way == "evidence")
{
    await EvidenceBench.RunAsync(int.Parse(args[1], CultureInfo.InvariantCulture), args[2], args[3]);
    return;
}

var source = new SignInSource(new Uri(args[1]), Moment(args[2]), Moment(args[3]));
Func<SignInSource, Task<Pulled>> pull = way switch
{
    "engine" => s => EnginePull.RunAsync(s, args[4]),
    "graphSdk" => SdkPull.RunAsync,
    "bareReader" => BarePull.RunAsync,
    _ => throw new ArgumentException($"'{way}' is none of engine, graphSdk, bareReader."),
};

// Two busy hours before, the same for all ways, load and compile the code that the measured time uses: what is measured is what a row costs, not what starting costs.
for (var round = 0; round < 2; round++)
{
    var hour = source.From.AddHours(10 + round);
    await pull(source with { From = hour, To = hour.AddHours(1) });
    await Task.Delay(TimeSpan.FromSeconds(1)); // The compiler works behind, when there is nothing new for a while.
}

GC.Collect();
var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
var pulled = await pull(source);
var (seconds, spent) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
Console.WriteLine(JsonSerializer.Serialize(new
{
    rows = pulled.Rows,
    rowsPerSecond = Math.Round(pulled.Rows / seconds),
    cpuSecondsPerMillionRows = Math.Round(spent / pulled.Rows * 1_000_000, 2),
    peakMemoryMb = Peak() / 1024,
    bytes = pulled.Bytes,
}));

static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

static long Peak() => long.Parse(
    File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
    CultureInfo.InvariantCulture);
