using System.Globalization;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Tests.Evidence;

/// <summary>Lists of evidence against a walk over all of it, for every kind of question, in pages of every size.</summary>
public sealed class EvidenceListTests
{
    private const int Items = 240;
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_question_is_answered_with_all_that_matches_once_in_order_and_in_few_requests()
    {
        using var bench = await EvidenceBench.StartAsync();
        var random = new Random(20_260_401);
        var items = Enumerable.Range(0, Items).Select(n => ItemOf(n, random)).ToList();
        var index = new EvidenceIndex(bench.Storage, bench.Blobs, bench.Clock);
        await index.AddAsync(items.Select((item, n) => new ListedItem(item, CanonicalJson.Serialize(item, Json.Options), n)), default);

        foreach (var number in Enumerable.Range(0, 120))
        {
            var query = QueryOf(number, items, random);
            var expected = items.Where(i => Matches(i, query)).Select(i => i.Id).Order(StringComparer.Ordinal);
            var top = random.Next(1, 60);
            bench.ResetCounts();
            var (read, pages) = await ReadAsync(bench.Store, query, top);

            Assert.True(expected.SequenceEqual(read.Select(i => i.Id).Order(StringComparer.Ordinal)), $"{query} in pages of {top}");
            var isByPeriod = query is { From: not null, To: not null, Clause: null, Control: null, Record: null, Subject: null };
            Assert.True(
                read.SequenceEqual(isByPeriod ? read.OrderBy(i => i.Period.To).ThenBy(i => i.Id, StringComparer.Ordinal) : read.OrderBy(i => i.FiscalYear, StringComparer.Ordinal).ThenBy(i => i.CreatedAt)),
                $"{query} is not in order");
            if (new[] { query.Subject, query.Record, query.Control, query.Clause }.Count(q => q is not null) < 2)
            {
                // One request a range and page, and one more where something at an edge was left out.
                Assert.True(bench.Requests <= 2 * pages * (isByPeriod ? EvidenceRules.PeriodClasses.Count : 1), $"{query}: {bench.Requests} requests for {pages} pages");
            }
        }
    }

    [Fact]
    public async Task An_item_that_cannot_be_listed_whole_is_not_begun()
    {
        using var bench = await EvidenceBench.StartAsync();
        var most = Enumerable.Range(1, EvidenceRules.MostClausesOrControls).Select(n => n.ToString(CultureInfo.InvariantCulture)).ToList();
        var item = await bench.Store.RecordAsync(EvidenceBench.Draft("most") with { Clauses = most, Controls = most }, [EvidenceBench.File("a.txt", "1")], default);
        Assert.Equal(item.Id, (await bench.Store.ListAsync(new EvidenceQuery(Control: "40"), 10, null, default)).Items.Single().Id);

        bench.ResetCounts();
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Store.RecordAsync(
            EvidenceBench.Draft("more") with { Clauses = [.. most, "41"] }, [EvidenceBench.File("a.txt", "1")], default));
        Assert.Equal(0, bench.Writes);
    }

    private static async Task<(List<EvidenceManifest> Items, int Pages)> ReadAsync(EvidenceStore store, EvidenceQuery query, int top)
    {
        var (read, pages, token) = (new List<EvidenceManifest>(), 0, default(string));
        do
        {
            var page = await store.ListAsync(query, top, token, default);
            Assert.True(page.Items.Count <= top);
            read.AddRange(page.Items);
            (token, pages) = (page.ContinuationToken, pages + 1);
        }
        while (token is not null);
        return (read, pages);
    }

    private static bool Matches(EvidenceManifest item, EvidenceQuery query) =>
        (query.FiscalYear is null || item.FiscalYear == query.FiscalYear) && (query.Type is null || item.Type == query.Type)
        && EvidenceRules.Matches(item, query.Clause, query.Control, query.Record, query.Subject, query.From, query.To);

    private static EvidenceQuery QueryOf(int number, List<EvidenceManifest> items, Random random)
    {
        var like = items[random.Next(items.Count)];
        var days = new[] { 0.0, 0.5, 1, 30, 400 }[random.Next(5)];
        bool With(int bit) => (number & bit) != 0;
        // Edges of periods are asked for as such: that is where a range is easily one too short.
        var from = random.Next(3) switch { 0 => like.Period.From, 1 => like.Period.To, _ => like.Period.From.AddHours(-random.Next(100)) };
        return new EvidenceQuery(
            With(1) ? like.FiscalYear : null, With(2) ? like.Type : null, With(32) ? like.Clauses[0] : null, With(64) && like.Controls.Count > 0 ? like.Controls[0] : null,
            With(4) ? from : null, With(8) ? from.AddDays(days) : null, With(16) && number % 3 == 0 ? like.Subject : null, With(16) ? like.Record : null);
    }

    private static EvidenceManifest ItemOf(int number, Random random)
    {
        // Several at the same moment, and files of a year that come after it.
        var created = Start.AddHours(number / 3 * 90);
        var length = new[] { 0, 1, 24, 48, 49, 24 * 40, 24 * 366, 24 * 900 }[random.Next(8)];
        var end = created.AddHours(random.Next(-48, 48));
        return new EvidenceManifest
        {
            Id = EvidenceIds.OfStep("item-" + number.ToString(CultureInfo.InvariantCulture), "done"),
            FiscalYear = "FY" + (created.Year - (random.Next(10) == 0 ? 1 : 0)).ToString(CultureInfo.InvariantCulture),
            Type = (EvidenceType)random.Next(4),
            Title = new LocalizedText("記録", "Record"),
            Clauses = [random.Next(3) == 0 ? "9.1" : "9.2"],
            Controls = random.Next(3) switch { 0 => [], 1 => ["5.18"], _ => ["5.18", "8.2"] },
            Period = new Period(end.AddHours(-length), end),
            Subject = random.Next(3) == 0 ? null : "audit-" + random.Next(4).ToString(CultureInfo.InvariantCulture),
            Record = random.Next(3) == 0 ? null : "report",
            Source = new EvidenceSource { Workflow = new WorkflowSource("x", "done", "ito") },
            Completeness = Completeness.Complete,
            Files = [],
            CreatedAt = created,
            CreatedBy = "ito",
            Producer = "test",
        };
    }
}
