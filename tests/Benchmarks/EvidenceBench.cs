using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using IsmsFunctions.Evidence;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks;

/// <summary>Asks the app over HTTP for lists of very much evidence, page after page, and counts what it asks the storage for.</summary>
internal static class EvidenceBench
{
    private const int PageSize = 100;
    private const int MostPages = 100;
    private const int Proofs = 50;

    public static async Task RunAsync(int count, string storage, string organization)
    {
        await using var app = await BenchApp.StartAsync(storage, organization);
        var watch = Stopwatch.StartNew();
        await EvidenceFill.RunAsync(count, app.Storage, app.Services.GetRequiredService<EvidenceIndex>());
        await Console.Error.WriteLineAsync($"Filled in {watch.Elapsed.TotalSeconds:0} s.");

        using var http = new HttpClient { BaseAddress = app.Address, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Add("X-Isms-Persona", "manager");
        await PagesAsync(http, app, "evidence?clause=10.2"); // loads the code
        var year = EvidenceFill.FirstYear + (EvidenceFill.Years / 2);
        var results = new Dictionary<string, object> { ["items"] = count };
        foreach (var (name, query) in new[]
        {
            ("all", "evidence?"), ("clause", "evidence?clause=9.1"), ("control", "evidence?control=8.13"), ("type", "evidence?type=incident"), ("fiscalYear", $"evidence?fy=FY{year}"),
            ("clauseOfYear", $"evidence?fy=FY{year}&clause=9.1"), ("typeOfYear", $"evidence?fy=FY{year}&type=operation"), ("period", $"evidence?from={year}-06-01&to={year}-06-30"),
            ("day", $"evidence?from={year}-06-15&to={year}-06-15"), ("record", "evidence?record=record-7"), ("due", "retention/due?clause=9.1"),
        })
        {
            results[name] = await PagesAsync(http, app, query);
        }

        results["proof"] = await EachAsync(http, app, Enumerable.Range(0, Proofs).Select(n => "ledger/proof/" + EvidenceFill.IdOf((int)((long)count * n / Proofs))));
        results["item"] = await EachAsync(http, app, Enumerable.Range(0, Proofs).Select(n => "evidence/" + EvidenceFill.IdOf((int)((long)count * n / Proofs))));
        results["coverageAtFirst"] = await EachAsync(http, app, ["statement-of-applicability"]);
        results["coverage"] = await EachAsync(http, app, Enumerable.Repeat("statement-of-applicability", 20));
        Console.WriteLine(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
    }

    private static async Task<Measured> PagesAsync(HttpClient http, BenchApp app, string query)
    {
        var (times, requests, items, token) = (new List<double>(), 0, 0, default(string));
        do
        {
            var before = app.StorageRequests;
            var watch = Stopwatch.StartNew();
            var text = await http.GetStringAsync($"api/{query}&top={PageSize}{(token is null ? "" : "&continuationToken=" + token)}");
            times.Add(watch.Elapsed.TotalMilliseconds);
            requests += app.StorageRequests - before;
            var page = JsonNode.Parse(text)!;
            items += page["items"]!.AsArray().Count;
            token = (string?)page["continuationToken"];
        }
        while (token is not null && times.Count < MostPages);
        return Measured.Of(times, requests, items);
    }

    private static async Task<Measured> EachAsync(HttpClient http, BenchApp app, IEnumerable<string> paths)
    {
        var (times, before) = (new List<double>(), app.StorageRequests);
        foreach (var path in paths)
        {
            var watch = Stopwatch.StartNew();
            await http.GetStringAsync("api/" + path);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Measured.Of(times, app.StorageRequests - before, null);
    }

    private sealed record Measured(int Pages, int? Items, double P50, double P95, double Max, double RequestsPerPage)
    {
        public static Measured Of(List<double> times, int requests, int? items)
        {
            times.Sort();
            double At(double share) => Math.Round(times[(int)Math.Min(times.Count - 1, share * times.Count)], 1);
            return new Measured(times.Count, items, At(0.5), At(0.95), At(1), Math.Round((double)requests / times.Count, 1));
        }
    }
}
