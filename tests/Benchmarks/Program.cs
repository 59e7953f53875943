using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Benchmarks;

// Benchmarks VARIANT TENANT FROM TO [STORAGE]: pulls the interactive sign-ins of [FROM, TO) and prints one line of JSON.
var way = args[0];
var source = new SignInSource(new Uri(args[1]), Moment(args[2]), Moment(args[3]));
Func<SignInSource, Task<Pulled>> pull = way switch
{
    "engine" => s => EnginePull.RunAsync(s, args[4]),
    "graphSdk" => SdkPull.RunAsync,
    "bareReader" => BarePull.RunAsync,
    _ => throw new ArgumentException($"'{way}' is none of engine, graphSdk, bareReader."),
};

// A minute that is not measured loads the code that the measured time uses.
await pull(source with { To = source.From.AddMinutes(1) });
GC.Collect();
var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
var pulled = await pull(source with { From = source.From.AddMinutes(1) });
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
