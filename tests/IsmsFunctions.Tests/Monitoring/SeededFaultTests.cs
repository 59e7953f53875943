using System.Text.Json;
using Isms.Evidence;
using IsmsFunctions.Monitoring;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

/// <summary>Every fault of the sample tenant, switched on at random: evidence is complete, or names what is missing. The tenant without faults knows the truth.</summary>
public sealed class SeededFaultTests : IAsyncLifetime
{
    private const int Runs = 100;
    private static readonly FaultKind[] Kinds = [.. Enum.GetValues<FaultKind>().Where(k => k is not (FaultKind.LateRows or FaultKind.SlowBody))];
    private TenantBench bench = null!;

    public async Task InitializeAsync()
    {
        bench = await TenantBench.StartAsync(o => o with { SignInsPerDay = 12_000, Throttling = SampleTenant.ThrottlingMode.Off });
        var monitoring = bench.Monitoring.Value;
        (monitoring.SignInOverlap, monitoring.LargestSection, monitoring.LargestPart) = (TimeSpan.Zero, 100_000, 1_000_000);
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task A_hundred_seeded_runs_end_complete_or_name_what_is_missing()
    {
        var (complete, partial) = (0, 0);
        for (var seed = 1; seed <= Runs; seed++)
        {
            await bench.FaultAsync(FaultsOf(seed));
            var from = TenantBench.Now.AddDays(-6).AddHours(seed);
            var items = await bench.CollectSignInsAsync(window: (from, from.AddHours(1)));
            await bench.ClearFaultsAsync();
            foreach (var item in items)
            {
                await CheckAsync(item, seed);
                complete += item.Completeness.Gaps.Count == 0 ? 1 : 0;
                partial += item.Completeness.Gaps.Count == 0 ? 0 : 1;
            }
        }

        // Otherwise the faults were too gentle, or too harsh, to show anything.
        Assert.InRange(complete, 20, 1_000);
        Assert.InRange(partial, 20, 1_000);
    }

    private async Task CheckAsync(EvidenceManifest item, int seed)
    {
        foreach (var kind in SignInKinds.All)
        {
            var truth = await bench.TenantRowsAsync(SignInKinds.Query(kind, item.Period.From, item.Period.To).Query);
            var rows = await bench.RowsAsync(item, kind);
            Assert.True(rows.Length == rows.Distinct().Count(), $"seed {seed}, {kind}: a row is there twice");
            Assert.True(!rows.Except(truth).Any(), $"seed {seed}, {kind}: a row that the tenant does not have");
            var gaps = item.Completeness.Gaps.Where(g => g.What == "sign-ins: " + kind).Select(g => g.Period!).ToList();
            var missing = truth.Except(rows).Where(r => !gaps.Exists(g => IsIn(r, g))).ToList();
            Assert.True(missing.Count == 0, $"seed {seed}, {kind}: {missing.Count} of {truth.Length} rows are missing, and nothing says so");
            Assert.All(gaps, g => Assert.True(g.From >= item.Period.From && g.To <= item.Period.To && g.From < g.To));
        }
    }

    private static bool IsIn(string row, Period period)
    {
        var time = JsonDocument.Parse(row).RootElement.GetProperty("createdDateTime").GetDateTimeOffset();
        return time >= period.From && time < period.To;
    }

    private static FaultRule[] FaultsOf(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new FaultRule
            {
                Path = random.Next(3) == 0 ? "v1.0/auditLogs/signIns" : "/auditLogs/*",
                Kind = Kinds[random.Next(Kinds.Length)],
                Probability = random.NextDouble() * 0.6,
                Seed = random.Next(),
                RetryAfterSeconds = random.Next(2) == 0 ? random.Next(1, 1_200) : null,
                Times = random.Next(4) == 0 ? null : random.Next(1, 6),
            }),
        ];
    }
}
