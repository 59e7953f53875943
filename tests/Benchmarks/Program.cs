using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using Benchmarks;

// Benchmarks VARIANT TENANT FROM TO [STORAGE]: pulls the interactive sign-ins of [FROM, TO) and prints one line of JSON.
// Benchmarks pack FOLDER ZIP: writes the folder's files as a pack.
// Benchmarks large-pack GIGABYTES: writes a pack of so much to nowhere.
// Benchmarks access-rights TENANT CLOCKFILE STORAGE ORGANIZATION: collects the tenant's access rights twice.
// Benchmarks evidence ITEMS STORAGE ORGANIZATION: lists so many items page after page.
// Benchmarks portal TASKS FINDINGS ITEMS STORAGE ORGANIZATION: opens the pages of the portal in a year with so much in it.
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

if (way == "access-rights")
{
    await AccessRightsBench.RunAsync(new Uri(args[1]), args[2], args[3], args[4]);
    return;
}

if (way == "portal")
{
    await PortalBench.RunAsync(new YearSize(Number(args[1]), Number(args[2]), Number(args[3])), args[4], args[5]);
    return;
}

var source = new SignInSource(new Uri(args[1]), Moment(args[2]), Moment(args[3]));
Func<SignInSource, Task<Pulled>> pull = way switch
{
    "engine" => s => EnginePull.RunAsync(s, args[4]),
    "graphSdk" => SdkPull.RunAsync,
    "bareReader" => s => BarePull.RunAsync(s, isHashed: false),
    "bareReaderHashed" => s => BarePull.RunAsync(s, isHashed: true),
    _ => throw new ArgumentException($"'{way}' is none of engine, graphSdk, bareReader, bareReaderHashed."),
};

// Short windows of busy hours before, the same for all ways, load and compile the code that the measured time uses, until hardly anything is left to compile: what is measured
// is what a row costs, not what starting costs.
var window = TimeSpan.FromMinutes(10);
for (var (round, compiled) = (0, 0L); round < 6 || (round < 40 && JitInfo.GetCompiledMethodCount() - compiled > 10); round++)
{
    compiled = JitInfo.GetCompiledMethodCount();
    var from = source.From.AddHours(10) + (round * window);
    await pull(source with { From = from, To = from + window });
    await Task.Delay(TimeSpan.FromMilliseconds(300)); // The compiler works behind, when there is nothing new for a while.
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
    peakMemoryMb = ProcessMemory.PeakMb,
    bytes = pulled.Bytes,
}));

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
