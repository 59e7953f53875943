using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Rehearsal;

/// <summary>
/// The app as a process of its own, on a virtual clock. Started again whenever it is gone, so that it can be killed at any moment: a call that met
/// the kill is repeated, as an impatient person would.
/// </summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly RehearsalOptions options;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly HttpClient http;
    private readonly SemaphoreSlim starting = new(1);
    private readonly List<Process> gone = [];
    private Process? process;

    public AppProcess(RehearsalOptions options, IReadOnlyDictionary<string, string> environment)
    {
        this.options = options;
        this.environment = environment;
        Port = FreePort();
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public int Port { get; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Whether it has come up and not gone since.</summary>
    public bool IsServing { get; private set; }

    private string LogPath => Path.Combine(options.Work, "app.log");

    /// <summary>Sends a request made anew for each attempt, and starts the app again when it has gone.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var asked = await EnsureRunningAsync(cancellationToken);
            try
            {
                using var message = request();
                return await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken);
            }
            catch (HttpRequestException) when (attempt < 20)
            {
                await WhenGoneAsync(asked, cancellationToken);
            }
        }
    }

    /// <summary>Lets the virtual clock run until the instant, and everything that is due by then be done.</summary>
    public async Task RunUntilAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString(until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, $"admin/clock/run?until={query}"), cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The clock did not run: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    /// <summary>
    /// Lets everything that has been set off come to rest. Between two people's commands, so that their workflows never race each other: two rehearsals
    /// of one input write their evidence in one order.
    /// </summary>
    public Task SettleAsync(CancellationToken cancellationToken) => RunUntilAsync(DateTimeOffset.UnixEpoch, cancellationToken);

    /// <summary>The virtual clock's present instant.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, "admin/clock"), cancellationToken);
        var clock = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return DateTimeOffset.Parse((string)clock["now"]!, CultureInfo.InvariantCulture);
    }

    /// <summary>Kills the process as a power cut would.</summary>
    public void Kill()
    {
        if (process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        if (process is not null)
        {
            await process.WaitForExitAsync();
            gone.Add(process);
        }

        gone.ForEach(p => p.Dispose());

        http.Dispose();
        starting.Dispose();
    }

    private async Task<Process> EnsureRunningAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (process is { HasExited: false })
            {
                return process;
            }

            if (process is not null)
            {
                // Others may still wait for its end.
                gone.Add(process);
            }

            IsServing = false;
            process = Start();
            Starts++;
            await WhenHealthyAsync(process, cancellationToken);
            IsServing = true;
            return process;
        }
        finally
        {
            starting.Release();
        }
    }

    private Process Start()
    {
        // The app's output goes through a shell redirection to a file: a pipe would have to be drained, and dies with this process.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec dotnet \"$0\" >>\"$1\" 2>&1");
        start.ArgumentList.Add(options.App);
        start.ArgumentList.Add(LogPath);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["Local__Port"] = Port.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private async Task WhenHealthyAsync(Process started, CancellationToken cancellationToken)
    {
        var since = Stopwatch.StartNew();
        while (!started.HasExited && since.Elapsed < StartLimit)
        {
            try
            {
                using var response = await http.GetAsync(new Uri("api/health", UriKind.Relative), cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, cancellationToken);
        }

        // Killed while starting is not a failure to start: the next call starts it again.
        if (started.HasExited && started.ExitCode == 137)
        {
            return;
        }

        throw new InvalidOperationException($"The app did not become healthy. The end of its log:\n{Tail()}");
    }

    private async Task WhenGoneAsync(Process asked, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await asked.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The app runs, but broke a connection off. The end of its log:\n{Tail()}");
        }
    }

    private string Tail() => File.Exists(LogPath) ? string.Join('\n', File.ReadLines(LogPath).TakeLast(40)) : "(none)";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
