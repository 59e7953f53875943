using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Incidents;

/// <summary>The incident record (情報セキュリティインシデント記録), or that of a drill (緊急時対応訓練記録).</summary>
public static class IncidentRecord
{
    /// <summary>The record of a closed incident.</summary>
    public static PrintedDocument Write(Incident incident, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new IncidentNames(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var blocks = new List<Block>();
        if (incident.IsDrill)
        {
            blocks.Add(new Paragraph(T("drill-note")));
        }

        blocks.Add(new Heading(T("outline")));
        blocks.Add(Outline(incident, names));
        AddInformation(blocks, incident);
        AddSteps(blocks, incident, names);
        AddReports(blocks, incident, names);
        AddLessons(blocks, incident, names);
        AddCourse(blocks, incident, names);
        var end = incident.Log[^1];
        var triage = incident.Log.LastOrDefault(d => d.What == IncidentRules.Triage);
        return new PrintedDocument
        {
            Title = TitleOf(incident),
            Organization = organization.Name,
            Number = incident.Id,
            Version = "1",
            Date = office.DateAt(end.At),
            Approvals =
            [
                new Approval(T("reported"), names.Person(incident.ReportedBy), office.DateAt(incident.ReportedAt)),
                new Approval(T("judged"), triage is null ? null : names.Person(triage.By), triage is null ? null : office.DateAt(triage.At)),
                new Approval(T("closed"), names.Person(end.By), office.DateAt(end.At)),
            ],
            Blocks = blocks,
        };
    }

    /// <summary>What the record is called: an incident's, a near miss's or a drill's.</summary>
    public static LocalizedText TitleOf(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return T("title." + incident.Nature);
    }

    internal static LocalizedText T(string key) => Texts.Get("incident-record." + key);

    internal static IReadOnlyList<LocalizedText> Row(params LocalizedText[] cells) => cells;

    internal static LocalizedText Listed(IReadOnlyList<string> ids) => ids.Count == 0 ? Texts.Get("document.none") : LocalizedText.Same(string.Join("\n", ids));

    private static Facts Outline(Incident incident, IncidentNames names)
    {
        var facts = new List<Fact>
        {
            new(T("what"), LocalizedText.Same(incident.Title)),
            new(T("nature"), Texts.Get("incident.nature." + incident.Nature)),
            new(T("kind"), IncidentNames.Kind(incident)),
            new(T("description"), LocalizedText.Same(incident.Description)),
            new(T("departments"), names.Departments(incident.Departments)),
            new(T("sites"), names.Sites(incident.Sites)),
            new(T("occurred"), names.At(incident.OccurredAt)),
            new(T("detected"), names.At(incident.DetectedAt)),
            new(T("known"), names.At(incident.KnownAt)),
            new(T("reported"), Texts.Get("incident-record.by", names.Person(incident.ReportedBy), names.At(incident.ReportedAt))),
            new(T("extent"), incident.Extent is { } extent ? Texts.Get("incident.extent." + extent) : Texts.Get("incident.not-known")),
            new(T("severity"), IncidentNames.Severity(incident)),
            new(T("handler"), names.Person(incident.Handler)),
        };
        if (incident.FalseAlarm is { } reason)
        {
            facts.Add(new Fact(T("false-alarm"), LocalizedText.Same(reason)));
        }

        return new Facts(facts);
    }

    private static void AddInformation(List<Block> blocks, Incident incident)
    {
        blocks.Add(new Heading(T("information")));
        if (incident.Information.Count > 0)
        {
            blocks.Add(new Table(
                [new Column(T("information.what")), new Column(T("information.c"), 14), new Column(T("information.i"), 14), new Column(T("information.a"), 14)],
                [.. incident.Information.Select(i => Row(LocalizedText.Same(i.Asset is null ? i.What : $"{i.What} ({i.Asset})"), N(i.Confidentiality), N(i.Integrity), N(i.Availability)))]));
        }

        var duty = new Fact(T("duty"), IncidentNames.Duty(incident));
        blocks.Add(incident.PersonalData is not { } data ? new Facts([duty]) : new Facts(
        [
            new Fact(T("persons"), Texts.Get("incident-record.persons.value", data.Persons)),
            new Fact(T("items"), LocalizedText.Same(data.Items)),
            new Fact(T("sensitive"), YesNo(data.Sensitive)),
            new Fact(T("property"), YesNo(data.PropertyDamageFeared)),
            new Fact(T("unjust"), YesNo(data.UnjustPurposeSuspected)),
            new Fact(T("encrypted"), YesNo(data.HighlyEncrypted)),
            new Fact(T("recovered-unseen"), YesNo(data.RecoveredUnseen)),
            new Fact(T("entrustor"), YesNo(data.EntrustorNotified)),
            duty,
        ]));
    }

    private static void AddSteps(List<Block> blocks, Incident incident, IncidentNames names)
    {
        AddStep(blocks, T("containment"), incident.Containment, names);
        if (incident.Investigation is { } found)
        {
            blocks.Add(new Heading(T("investigation")));
            blocks.Add(new Facts(
            [
                new Fact(T("cause-category"), Texts.Get("incident.cause." + found.Category)),
                new Fact(T("cause"), LocalizedText.Same(found.Cause)),
                new Fact(T("scope"), LocalizedText.Same(found.Scope)),
                new Fact(T("evidence"), Listed(found.Evidence)),
                new Fact(T("told"), Texts.Get("incident-record.by", names.Person(found.By), names.At(found.At))),
            ]));
        }

        AddStep(blocks, T("recovery"), incident.Recovery, names);
    }

    private static void AddStep(List<Block> blocks, LocalizedText heading, IncidentStep? step, IncidentNames names)
    {
        if (step is null)
        {
            return;
        }

        blocks.Add(new Heading(heading));
        blocks.Add(new Facts(
        [
            new Fact(T("done"), LocalizedText.Same(step.Description)),
            new Fact(T("done-at"), names.At(step.DoneAt)),
            new Fact(T("evidence"), Listed(step.Evidence)),
            new Fact(T("told"), Texts.Get("incident-record.by", names.Person(step.By), names.At(step.At))),
        ]));
    }

    private static void AddReports(List<Block> blocks, Incident incident, IncidentNames names)
    {
        if (incident.Clocks.Count == 0)
        {
            return;
        }

        blocks.Add(new Heading(T("clocks")));
        blocks.Add(new Table(
            [new Column(T("clock.report"), 18), new Column(T("clock.set"), 20), new Column(T("clock.limit"), 22), new Column(T("clock.made"), 22), new Column(T("clock.state"))],
            [.. incident.Clocks.Select(c => Row(
                IncidentNames.Report(c.Kind), names.At(c.SetAt), names.By(c.Limit), c.FulfilledAt is { } made ? names.At(made) : Texts.Get("document.none"),
                T(c.ReplacedAt is not null ? "clock.replaced" : c.FulfilledAt is null ? "clock.open" : c.IsLate ? "clock.late" : "clock.in-time")))]));
    }

    private static void AddLessons(List<Block> blocks, Incident incident, IncidentNames names)
    {
        if (incident.Lessons.Count == 0)
        {
            return;
        }

        blocks.Add(new Heading(T("lessons")));
        blocks.Add(new Table(
            [new Column(T("lesson.number"), 8), new Column(T("lesson.what")), new Column(T("lesson.measure"), 16), new Column(T("lesson.requirement"), 26), new Column(T("lesson.department"), 14), new Column(T("lesson.action"), 16)],
            [.. incident.Lessons.Select(l => Row(
                LocalizedText.Same(l.Id), LocalizedText.Same(l.What), Texts.Get("incident.measure." + l.Measure), LocalizedText.Same(l.Requirement ?? ""),
                names.Departments(l.Department is { } d ? [d] : []), LocalizedText.Same(l.Action ?? "")))]));
    }

    private static void AddCourse(List<Block> blocks, Incident incident, IncidentNames names)
    {
        if (incident.Timeline.Count > 0)
        {
            blocks.Add(new Heading(T("timeline")));
            blocks.Add(new Table(
                [new Column(T("log.at"), 22), new Column(T("timeline.what")), new Column(T("log.by"), 20)],
                [.. incident.Timeline.Select(e => Row(names.At(e.When), LocalizedText.Same(e.What), names.Person(e.By)))]));
        }

        blocks.Add(new Heading(T("log")));
        blocks.Add(new Table(
            [new Column(T("log.at"), 22), new Column(T("log.what"), 22), new Column(T("log.by"), 18), new Column(T("log.stage"), 14), new Column(T("log.comment"))],
            [.. incident.Log.Select(d => Row(
                names.At(d.At), T("act." + d.What), names.Person(d.By), IncidentRules.NameOf(d.Stage), Comment(d)))]));
    }

    private static LocalizedText Comment(IncidentDecision decision) =>
        decision is { What: IncidentRules.FileReport, Comment: { } kind } && Enum.TryParse<BreachReportKind>(kind, ignoreCase: true, out var report)
            ? IncidentNames.Report(report)
            : LocalizedText.Same(decision.Comment ?? "");

    private static LocalizedText YesNo(bool value) => T(value ? "yes" : "no");

    private static LocalizedText N(int value) => LocalizedText.Same(value == 0 ? "-" : value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
