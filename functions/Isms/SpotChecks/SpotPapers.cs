using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.SpotChecks;

/// <summary>The result of a spot-check (抜き打ち点検結果; clause 9.1).</summary>
public static class SpotPapers
{
    /// <summary>The key of the record.</summary>
    public const string Record = "spot-check-result";

    /// <summary>The record of a closed spot-check.</summary>
    public static PrintedDocument Write(SpotCheck check, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var closing = check.Closing!;
        int Count(SpotResult result) => check.Points.Count(p => p.Result == result);
        var blocks = new List<Block>
        {
            new Heading(T("outline")),
            new Facts(
            [
                new Fact(T("period"), LocalizedText.Same(check.Period)),
                new Fact(T("made"), Texts.Get("document.day", office.DateAt(check.At))),
                new Fact(T("results"), Texts.Get(
                    "spot-paper.results.value", Count(SpotResult.Conforming), Count(SpotResult.Exception), Count(SpotResult.Incomplete), Count(SpotResult.NoEvidence))),
                new Fact(T("remark"), closing.Comment is { Length: > 0 } remark ? LocalizedText.Same(remark) : Texts.Get("document.none")),
            ]),
            new Heading(T("points")),
            new Table(
                [new Column(T("point"), 20), new Column(T("limit"), 26), new Column(T("result"), 12), new Column(T("seen"), 20), new Column(T("evidence"), 22)],
                [.. check.Points.Select(p => PointRow(p, check, organization))]),
            new Heading(T("decisions")),
        };
        var decided = check.Points.Where(p => p.Decision is not null).ToList();
        blocks.Add(decided.Count == 0
            ? new Paragraph(T("decisions.none"))
            : new Table(
                [new Column(T("point"), 22), new Column(T("decision"), 30), new Column(T("reason"), 30), new Column(T("by"), 18)],
                [.. decided.Select(p => DecisionRow(p, check, organization))]));
        blocks.Add(new Heading(T("sample")));
        AddSample(blocks, check, organization);
        return new PrintedDocument
        {
            Title = T("title"),
            Organization = organization.Name,
            Number = check.Id,
            Version = "1",
            Date = office.DateAt(closing.At),
            IsLandscape = true,
            Approvals = [new Approval(Texts.Get("document.prepared"), Name(closing.By, organization), office.DateAt(closing.At))],
            Blocks = blocks,
        };
    }

    private static void AddSample(List<Block> blocks, SpotCheck check, Organization organization)
    {
        if (check.Sample is not { } sample)
        {
            blocks.Add(new Paragraph(T("sample.none")));
            return;
        }

        blocks.Add(new Paragraph(Texts.Get("spot-paper.sample.how", sample.Seed, sample.Population, sample.People.Count, sample.Evidence)));
        blocks.Add(new Table(
            [new Column(T("person"), 22), new Column(T("rights"), 36), new Column(T("result"), 12), new Column(T("note"), 18), new Column(T("by"), 12)],
            [.. sample.People.Select(IReadOnlyList<LocalizedText> (p) =>
            [
                LocalizedText.Same($"{p.Name}\n{p.Account}"), LocalizedText.Same(string.Join("\n", p.Rights)),
                p.Look is { } look ? T(look.Conforming ? "conforming" : "nonconforming") : Texts.Get("document.none"), LocalizedText.Same(p.Look?.Note ?? ""),
                p.Look is { } by ? Name(by.By, organization) : Texts.Get("document.none"),
            ])]));
    }

    private static IReadOnlyList<LocalizedText> PointRow(SpotPoint point, SpotCheck check, Organization organization) =>
    [
        SpotCatalogue.NameOf(point, check), SpotCatalogue.LimitOf(point.Id, organization.Policy), Texts.Get("spot-check.result." + point.Result),
        point.Fact is { } fact ? LocalizedText.Same(fact) : Seen(point), LocalizedText.Same(string.Join("\n", point.Sources.Select(s => s.Evidence))),
    ];

    private static LocalizedText Seen(SpotPoint point)
    {
        var lines = point.Counts.Select(c => Texts.Get("spot-paper.count", NameOf(c.Key), c.Value))
            .Concat(point.Missing.Select(m => Texts.Get("spot-paper.missing", CollectorName(m)))).ToList();
        return new LocalizedText(string.Join("\n", lines.Select(l => l.Ja)), string.Join("\n", lines.Select(l => l.En)));
    }

    private static IReadOnlyList<LocalizedText> DecisionRow(SpotPoint point, SpotCheck check, Organization organization)
    {
        var decision = point.Decision!;
        var what = decision.Kind switch
        {
            SpotDecisionKind.Task => Texts.Get("spot-paper.task", Name(decision.Owner!, organization), decision.Due),
            SpotDecisionKind.CorrectiveAction => Texts.Get("spot-paper.action", decision.Action ?? "", Name(decision.Owner!, organization)),
            _ => Texts.Get(decision.From is null ? "spot-paper.accepted" : "spot-paper.accepted-before", decision.ExpiresOn, decision.From),
        };
        return [SpotCatalogue.NameOf(point, check), what, LocalizedText.Same(decision.Reason), Name(decision.By, organization)];
    }

    /// <summary>What a kind of exception is called; its code, where it has no name yet.</summary>
    public static LocalizedText NameOf(string code) => Texts.Keys.Contains("finding." + code) ? Texts.Get("finding." + code) : LocalizedText.Same(code);

    private static LocalizedText CollectorName(string name) =>
        Texts.Keys.Contains($"collector.{name}.title") ? Texts.Get($"collector.{name}.title") : LocalizedText.Same(name);

    private static LocalizedText Name(string id, Organization organization) => organization.FindPerson(id)?.Name ?? LocalizedText.Same(id);

    private static LocalizedText T(string key) => Texts.Get("spot-paper." + key);
}
