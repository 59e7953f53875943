using System.Globalization;
using Isms.Audits;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Risks;

/// <summary>The printed records of an assessment: the assessment sheet (リスクアセスメント表) and the acceptance of residual risks (残留リスク受容記録).</summary>
/// <param name="assessment">What is printed.</param>
/// <param name="organization">Whose it is; names its people.</param>
/// <param name="by">The person who records it.</param>
public sealed class RiskDocuments(RiskAssessment assessment, Organization organization, string by)
{
    private readonly AuditNames names = new(organization);

    /// <summary>The assessment sheet: method, map, all risks, open points.</summary>
    /// <param name="number">The document's number.</param>
    public PrintedDocument Sheet(string number) => Assessed(number) with { IsTabular = true };

    /// <summary>The record of accepted residual risks: what remains above the line, and who accepted it until when.</summary>
    /// <param name="number">The document's number.</param>
    public PrintedDocument Acceptances(string number) => Document(
        number,
        "residual-risk-acceptance",
        new Heading(T("method")),
        Method(),
        new Heading(T("map-remaining")),
        Map(assessment.HeatMap.Remaining),
        new Heading(T("accepted")),
        Accepted());

    private PrintedDocument Assessed(string number) => Document(
        number,
        "risk-assessment-sheet",
        new Heading(T("method")),
        Method(),
        Scales(assessment.Method.Likelihood, T("likelihood")),
        Scales(assessment.Method.Impact, T("impact")),
        new Heading(T("bands")),
        Bands(),
        new Heading(T("map-initial")),
        Map(assessment.HeatMap.Initial),
        new Heading(T("map-remaining")),
        Map(assessment.HeatMap.Remaining),
        new Heading(T("risks")),
        Risks(assessment.Risks),
        new Heading(T("open-points")),
        Points());

    private static LocalizedText T(string key) => Texts.Get("risk-paper." + key);

    private static LocalizedText Number(int? number) => LocalizedText.Same(RiskFields.TextOf(number));

    private static LocalizedText Listed(IEnumerable<string> ids) => LocalizedText.Same(string.Join('\n', ids));

    private PrintedDocument Document(string number, string title, params Block[] blocks) => new()
    {
        Title = T(title),
        Organization = organization.Name,
        Number = number,
        Version = "1",
        Date = assessment.On,
        Approvals = [new Approval(Texts.Get("document.prepared"), names.Person(by), assessment.On), new Approval(Texts.Get("document.approved"), null, null)],
        Blocks = blocks,
    };

    private Facts Method()
    {
        var method = assessment.Method;
        return new Facts(
        [
            new(T("combination"), T("combination." + method.Combination)),
            new(T("impact-from"), T("impact-from." + method.ImpactFrom)),
            new(T("line"), Texts.Get("risk-paper.line-value", method.AcceptanceLine)),
            new(T("rights"), new LocalizedText(string.Join('\n', method.AcceptanceRights.Select(r => Right(r).Ja)), string.Join('\n', method.AcceptanceRights.Select(r => Right(r).En)))),
            new(T("duration"), Texts.Get("risk-paper.duration-value", method.AcceptanceMonths)),
        ]);
    }

    private static LocalizedText Right(AcceptanceRight right)
    {
        var who = T("approver." + right.Approver);
        return right.UpTo is { } level ? Texts.Get("risk-paper.right", who, level) : Texts.Get("risk-paper.right-any", who);
    }

    private static Table Scales(IReadOnlyList<ScaleLevel> scale, LocalizedText name) => new(
        [new(name, 12), new(T("level-title"), 20), new(T("meaning"))],
        [.. scale.Select((level, i) => new[] { Number(i + 1), level.Title, level.Meaning })]);

    private Table Bands()
    {
        var bands = assessment.Method.Bands;
        return new Table(
            [new(T("band"), 25), new(T("levels"), 25), new(T("count-initial"), 25), new(T("count-remaining"), 25)],
            [.. bands.Select((band, i) => new[]
            {
                band.Title,
                LocalizedText.Same(i + 1 < bands.Count ? $"{band.From} – {bands[i + 1].From - 1}" : $"{band.From} –"),
                Number(Count(assessment.HeatMap.Initial, band)),
                Number(Count(assessment.HeatMap.Remaining, band)),
            })]);

        static int Count(IEnumerable<HeatMapCell> cells, RiskBand band) => cells.Where(c => c.Band == band.Id).Sum(c => c.Count);
    }

    /// <summary>As people draw it: the highest likelihood on top, impact from left to right.</summary>
    private Table Map(IReadOnlyList<HeatMapCell> cells)
    {
        var method = assessment.Method;
        return new Table(
            [new(T("map-corner")), .. method.Impact.Select((level, i) => new Column(Place(i + 1, level)))],
            [.. cells.GroupBy(c => c.Likelihood).OrderByDescending(row => row.Key).Select(row => (IReadOnlyList<LocalizedText>)
                [Place(row.Key, method.Likelihood[row.Key - 1]), .. row.Select(c => LocalizedText.Same(c.Count == 0 ? "–" : c.Count.ToString(CultureInfo.InvariantCulture)))])]);

        static LocalizedText Place(int number, ScaleLevel level) => new($"{number} {level.Title.Ja}", $"{number} {level.Title.En}");
    }

    private Table Risks(IEnumerable<Risk> risks) => new(
        [
            new(T("id"), 8), new(T("risk"), 24), new(T("department"), 10), new(T("controls"), 8), new(T("likelihood"), 6), new(T("impact"), 6),
            new(T("level"), 10), new(T("treatment"), 8), new(T("residual"), 10), new(T("owner"), 10),
        ],
        [.. risks.Select(r => new[]
        {
            LocalizedText.Same(r.Id), LocalizedText.Same(r.Title), Department(r), Listed(r.Controls), Number(r.Likelihood), Number(r.Impact),
            Level(r.Level), r.Treatment is { } treatment ? T("treatment." + treatment) : T("undecided"), Level(r.ResidualLevel), Person(r.Owner),
        })]);

    private Block Accepted()
    {
        var borne = assessment.Risks.Where(r => r.RemainingLevel is { } level && assessment.Method.IsAboveTheLine(level)).ToArray();
        return borne.Length == 0
            ? new Paragraph(T("nothing-above"))
            : new Table(
                [new(T("id"), 8), new(T("risk")), new(T("department"), 12), new(T("residual"), 12), new(T("accepted-by"), 14), new(T("accepted-at"), 12), new(T("accepted-until"), 12)],
                [.. borne.Select(r => new[]
                {
                    LocalizedText.Same(r.Id), LocalizedText.Same(r.Title), Department(r), Level(r.RemainingLevel), Person(r.AcceptedBy),
                    Day(r.AcceptedAt), Day(r.AcceptanceExpiresAt),
                })]);
    }

    private Block Points() => assessment.Points.Count == 0
        ? new Paragraph(Texts.Get("document.none"))
        : new Table(
            [new(T("concern"), 25), new(T("id"), 10), new(T("risk")), new(T("on"), 15)],
            [.. assessment.Points.Select(p => new[] { Texts.Get("risk-concern." + p.Concern), LocalizedText.Same(p.Risk.Id), LocalizedText.Same(p.Risk.Title), Day(p.On) })]);

    private LocalizedText Level(int? level) => level is { } l
        ? new($"{l} {assessment.Method.BandOf(l).Title.Ja}", $"{l} {assessment.Method.BandOf(l).Title.En}")
        : LocalizedText.Same("");

    private LocalizedText Department(Risk risk) => risk.Department.Length == 0 ? LocalizedText.Same("") : names.Department(risk.Department);

    private LocalizedText Person(string id) => id.Length == 0 ? LocalizedText.Same("") : names.Person(id);

    private static LocalizedText Day(DateOnly? date) => date is { } day ? Texts.Get("document.day", day) : LocalizedText.Same("");
}
