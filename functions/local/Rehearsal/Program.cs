using System.Diagnostics;
using System.Runtime.InteropServices;
using Rehearsal;
using Rehearsal.Results;

// The exit code says whether the year came to its end; the folder says how.
using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    cancel.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    cancel.Cancel();
});

try
{
    if (args is ["choose-histories", var recorded, var version])
    {
        Console.WriteLine($"{HistorySelection.Choose(recorded, version)} histories are in {version}.");
        return 0;
    }

    var options = RehearsalOptions.Parse(args);
    var watch = Stopwatch.StartNew();
    var summary = await RehearsalRun.PlayAsync(options, Console.Error.WriteLine, cancel.Token);
    Console.WriteLine(summary.ToJsonString(RehearsalRun.Indented));
    Console.Error.WriteLine($"The year is in {options.Out} ({watch.Elapsed.TotalSeconds:0} s).");
    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled.");
    return 130;
}
catch (Exception e) when (e is RehearsalException or InvalidOperationException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
