using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>A request, its answer and its telemetry are found by one id.</summary>
public sealed class CorrelationTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Answers_and_problems_carry_the_id_of_the_callers_trace()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = new HttpClient { BaseAddress = AddressOf(app) };

        foreach (var (path, status) in new[] { ("api/health", 200), ("api/years", 401) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
            using var response = await client.SendAsync(request);

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(Trace, Assert.Single(response.Headers.GetValues("X-Correlation-Id")));
            Assert.Equal(status != 200, (await response.Content.ReadAsStringAsync()).Contains($"\"correlationId\":\"{Trace}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_traced_request_leads_to_the_evidence_it_made_and_to_who_was_denied()
    {
        using var log = new Log();
        await using var app = await RunningApp.StartAsync(
            configure: b => b.Services.AddSingleton<ILoggerProvider>(log), settings: "Logging:LogLevel:IsmsFunctions.Hosting=Information");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("operation"), "type" }, { new StringContent("点検記録"), "title" }, { new StringContent("item-FY2026-backup-check-m01"), "subject" },
            { new StringContent("backup-record"), "record" }, { new ByteArrayContent([1, 2, 3]), "file", "a.txt" },
        };
        using var upload = new HttpRequestMessage(HttpMethod.Post, "api/evidence") { Content = form };
        upload.Headers.Add("X-Isms-Persona", "secretariat");
        upload.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");

        using var made = await app.Http.SendAsync(upload);
        var id = made.Headers.Location!.ToString().Split('/')[^1];
        (await app.SendAsync("externalAuditor", HttpMethod.Post, "ledger/heads", null, $"traceparent: 00-{Trace}-00f067aa0ba902b8-01")).Expect(403);
        (await app.PostAsync("externalAuditor", "ledger/heads")).Expect(403);

        Assert.Equal(201, (int)made.StatusCode);
        Assert.Equal([("EvidenceRecorded", id), ("RequestDenied", "SignLedgerHead")], log.Under(Trace));
    }

    [Fact]
    public async Task Callers_who_trace_nothing_are_told_an_id_of_their_own()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = new HttpClient { BaseAddress = AddressOf(app) };

        using var first = await client.GetAsync("api/health");
        using var second = await client.GetAsync("api/health");

        Assert.NotEmpty(first.Headers.GetValues("X-Correlation-Id").Single());
        Assert.NotEqual(first.Headers.GetValues("X-Correlation-Id").Single(), second.Headers.GetValues("X-Correlation-Id").Single());
    }

    private static Uri AddressOf(RunningApp app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What was logged, with the correlation id of the scope it was logged in.</summary>
    private sealed class Log : ILoggerProvider, ISupportExternalScope
    {
        private readonly ConcurrentQueue<(string? Correlation, string Event, string About)> entries = new();
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public IEnumerable<(string Event, string About)> Under(string correlation) => entries.Where(e => e.Correlation == correlation).Select(e => (e.Event, e.About));

        public ILogger CreateLogger(string categoryName) => new Writer(this);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Writer(Log log) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => log.scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (eventId.Name is not ("EvidenceRecorded" or "RequestDenied") || state is not IEnumerable<KeyValuePair<string, object?>> values)
                {
                    return;
                }

                string? correlation = null;
                log.scopes.ForEachScope(
                    (scope, _) => correlation = (scope as IEnumerable<KeyValuePair<string, object>>)?.Where(p => p.Key == "CorrelationId").Select(p => (string)p.Value).FirstOrDefault() ?? correlation,
                    0);
                log.entries.Enqueue((correlation, eventId.Name, (string)values.First().Value!));
            }
        }
    }
}
