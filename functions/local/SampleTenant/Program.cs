using System.Runtime.InteropServices;
using SampleTenant;

SampleTenantOptions options;
try
{
    options = CommandLine.Parse(args);

    // Whoever starts the app beside this server hands the same secret to both.
    if (!args.Contains("--identity-header") && Environment.GetEnvironmentVariable("IDENTITY_HEADER") is { Length: > 0 } header)
    {
        options = options with { IdentityHeader = header };
    }
}
catch (Exception error) when (error is FormatException or ArgumentException or OverflowException or IOException)
{
    await Console.Error.WriteLineAsync($"{error.Message}{Environment.NewLine}{CommandLine.Usage}");
    return 2;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}

using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
await using var server = await SampleTenantServer.StartAsync(options);
Console.WriteLine($"Sample tenant with {options.Users} users listens on {server.BaseAddress} (IDENTITY_ENDPOINT={server.IdentityEndpoint})");
await stop.Task;
return 0;
