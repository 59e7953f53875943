using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IsmsFunctions.Testing;

/// <summary>
/// An Azurite with nothing on disk, on loopback ports that the operating system chooses. It ends with this object,
/// and at the latest when this process ends, however it ends.
/// </summary>
public sealed partial class AzuriteProcess : IDisposable
{
    private const string Account = "devstoreaccount1";

    // Azurite's published account key; every emulator in the world has it.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // The child leaves when its standard input closes. The operating system closes it for us after a crash or a kill -9.
    private const string Bootstrap = "process.stdin.on('end', () => process.exit(0)).resume(); require(process.env.ISMS_AZURITE_SCRIPT);";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private readonly long started = Stopwatch.GetTimestamp();

    private AzuriteProcess(Process process, IReadOnlyDictionary<string, Uri> endpoints)
    {
        this.process = process;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint={endpoints["Blob"]}{Account};QueueEndpoint={endpoints["Queue"]}{Account};TableEndpoint={endpoints["Table"]}{Account};";
    }

    /// <summary>The connection string of the emulated account.</summary>
    public string ConnectionString { get; }

    /// <summary>How long it has been running.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(started);

    /// <summary>Starts Azurite and returns when its three services accept connections.</summary>
    /// <exception cref="InvalidOperationException">Azurite is not installed, or did not start.</exception>
    public static async Task<AzuriteProcess> StartAsync()
    {
        var process = new Process { StartInfo = StartInfo(FindScript()) };
        var endpoints = new ConcurrentDictionary<string, Uri>();
        var output = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is not { } line)
                return;
            output.Enqueue(line);
            if (ListeningLine().Match(line) is { Success: true } match)
                endpoints[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
            if (endpoints.Count == 3)
                ready.TrySetResult();
        }
        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("Azurite ended while it started."));

        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(StartTimeout);
            return new AzuriteProcess(process, endpoints);
        }
        catch (Exception e)
        {
            Stop(process);
            throw new InvalidOperationException($"Azurite did not start: {e.Message}\n{string.Join('\n', output)}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Stop(process);

    private static ProcessStartInfo StartInfo(string script)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ISMS_AZURITE_SCRIPT"] = script;
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(script)!, "..", "..", "..", ".."));
        string[] arguments =
        [
            "--require", Path.Combine(folder, "selective-lookups.cjs"), "--require", Path.Combine(folder, "compiled-templates.cjs"),
            "--require", Path.Combine(folder, "ranged-queries.cjs"), "-e", Bootstrap, "--", "azurite", "--disableTelemetry", "--silent", "--skipApiVersionCheck", "--inMemoryPersistence",
            "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0", "--tableHost", "127.0.0.1", "--tablePort", "0",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (InvalidOperationException)
        {
            // It had not started, or has been stopped before.
        }
        finally
        {
            process.Dispose();
        }
    }

    [GeneratedRegex(@"Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://\S+)")]
    private static partial Regex ListeningLine();

    private static string FindScript()
    {
        var script = Path.Combine(Repository.Root, "scripts", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        return File.Exists(script)
            ? script
            : throw new InvalidOperationException($"Azurite is not installed ({script} is missing). Run scripts/test.sh, or `npm ci` in scripts/azurite.");
    }
}
