using System.Globalization;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Objectives;

/// <summary>The sheet of a quarter's key figures (KPI測定表; clauses 6.2 and 9.1): values, scores, trends, and what they were counted from.</summary>
/// <param name="measurement">The measurement.</param>
/// <param name="years">The objectives with the values of the year's other quarters.</param>
/// <param name="before">The objectives of the year before.</param>
/// <param name="organization">Whose sheet it is.</param>
public sealed class KpiSheet(KpiMeasurement measurement, IReadOnlyList<ObjectiveYear> years, IReadOnlyList<ObjectiveYear> before, Organization organization)
{
    private readonly FiscalQuarter quarter = measurement.ToQuarter();

    /// <summary>The document.</summary>
    /// <param name="on">The day it is written.</param>
    public PrintedDocument Write(DateOnly on) => new()
    {
        Title = Texts.Get("kpi-sheet.title", KpiTexts.NameOf(quarter)),
        Organization = organization.Name,
        Number = measurement.Id,
        Version = Math.Max(1, measurement.Round).ToString(CultureInfo.InvariantCulture),
        Date = on,
        IsLandscape = true,
        IsTabular = true,
        Approvals = [new Approval(Texts.Get("document.prepared"), Texts.Get("kpi-sheet.system"), on), new Approval(Texts.Get("document.checked"), null, null)],
        Blocks =
        [
            new Paragraph(KpiTexts.Figures(ObjectiveFigures.Of(measurement.Lines.Select(l => l.Achievement)))),
            new Heading(Texts.Get("kpi-sheet.values")),
            Values(),
            .. Points("kpi-sheet.overridden", measurement.Lines.Where(l => l.IsOverridden), Override),
            .. Points("kpi-sheet.missing", measurement.Missing, Absence),
            .. measurement.ReasonForMissing is { } reason ? [new Paragraph(Texts.Get("kpi-sheet.reason", reason))] : Array.Empty<Block>(),
            new Heading(Texts.Get("kpi-sheet.sources")),
            Sources(),
        ],
    };

    private Table Values() => new(
        [
            new(Texts.Get("kpi-sheet.objective")), new(Texts.Get("kpi-sheet.owner"), 10), new(Texts.Get("kpi-sheet.target"), 10), .. Enumerable.Range(1, 4).Select(q => new Column(Texts.Get("kpi-sheet.q", q), 7)),
            new(Texts.Get("kpi-sheet.achievement"), 9), new(Texts.Get("kpi-sheet.trend"), 9), new(Texts.Get("kpi-sheet.last-year"), 12),
        ],
        [.. measurement.Lines.Select(Row)]);

    private IReadOnlyList<LocalizedText> Row(KpiLine line)
    {
        var objective = line.Objective;
        var year = YearOf(line);
        var counterpart = ObjectiveYear.Counterpart(objective, before);
        var lastYear = counterpart?.Quarters[quarter.Number - 1];
        return
        [
            LocalizedText.Same($"{objective.Id} {objective.Name}"),
            organization.FindPerson(objective.Owner)?.Name ?? LocalizedText.Same(objective.Owner),
            KpiTexts.Target(objective),
            .. year.Quarters.Select(KpiTexts.Number),
            KpiTexts.NameOf(line.Achievement),
            KpiTexts.NameOf(year.TrendIn(quarter.Number)),
            lastYear is null ? KpiTexts.Number(null) : Texts.Get("kpi-sheet.compared", KpiTexts.Number(lastYear), KpiTexts.NameOf(ObjectiveScoring.TrendOf(lastYear, line.Value, objective.Direction))),
        ];
    }

    /// <summary>The year with the value that counts here in the quarter's place, whatever has been written since.</summary>
    private ObjectiveYear YearOf(KpiLine line)
    {
        var known = years.FirstOrDefault(y => y.Objective.Id == line.Objective.Id)?.Quarters ?? [null, null, null, null];
        return new ObjectiveYear(line.Objective, [.. known.Select((value, index) => index == quarter.Number - 1 ? line.Value : index < quarter.Number ? value : null)], null);
    }

    private Table Sources() => new(
        [new(Texts.Get("kpi-sheet.objective"), 8), new(Texts.Get("kpi-sheet.how"), 42), new(Texts.Get("kpi-sheet.evidence"))],
        [
            .. measurement.Lines.Select(l => (IReadOnlyList<LocalizedText>)
            [
                LocalizedText.Same(l.Objective.Id), How(l), l.Evidence.Count == 0 ? Texts.Get("document.none") : LocalizedText.Same(string.Join('\n', l.Evidence)),
            ]),
        ]);

    private LocalizedText How(KpiLine line) => line switch
    {
        { Entries: [.., var entry] } => Texts.Get("kpi-sheet.entered", Person(entry.By), Day(entry.At), line.Objective.Source),
        { System: { Value: not null, Denominator: { } all } measured } =>
            Texts.Get("kpi-sheet.share", KpiTexts.Number(measured.Numerator), KpiTexts.Number(all), measured.From, measured.Until, line.Objective.Source),
        { System: { Value: not null } measured } => Texts.Get("kpi-sheet.count", measured.From, measured.Until, line.Objective.Source),
        _ => LocalizedText.Same(line.Objective.Source),
    };

    private LocalizedText Override(KpiLine line)
    {
        var entry = line.Entries[^1];
        return Texts.Get(
            "kpi-sheet.override", line.Objective.Id, KpiTexts.Value(line.System!.Value, line.Objective.Unit), KpiTexts.Value(entry.Value, line.Objective.Unit), Person(entry.By),
            Day(entry.At), entry.Reason is { Length: > 0 } reason ? LocalizedText.Same(reason) : Texts.Get("kpi-sheet.no-reason"));
    }

    private static LocalizedText Absence(KpiLine line) =>
        Texts.Get("kpi-sheet.absence", line.Objective.Id, line.Objective.Name, line.System?.NothingBecause ?? Texts.Get("kpi-sheet.not-entered"));

    private static IEnumerable<Block> Points(string heading, IEnumerable<KpiLine> lines, Func<KpiLine, LocalizedText> point)
    {
        var points = lines.Select(point).ToList();
        return points.Count == 0 ? [] : [new Heading(Texts.Get(heading)), new Bullets(points)];
    }

    private LocalizedText Person(string id) => organization.FindPerson(id)?.Name ?? LocalizedText.Same(id);

    private DateOnly Day(DateTimeOffset at) => OfficeTime.Of(organization.TimeZone).DateAt(at);
}
