using System.Globalization;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Incidents;

/// <summary>Our copy of a report that the law demands (施行規則 第8条第1項各号・第10条): what was reported, to whom, when, and whether in time.</summary>
public static class BreachReportPaper
{
    /// <summary>The paper.</summary>
    public static PrintedDocument Write(Incident incident, BreachReport report, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new IncidentNames(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var contents = report.Contents;
        var clock = incident.PresentClocks.FirstOrDefault(c => c.Kind == report.Kind);
        var blocks = new List<Block>();
        if (incident.IsDrill)
        {
            blocks.Add(new Paragraph(IncidentRecord.T("drill-note")));
        }

        blocks.Add(new Heading(T("about")));
        blocks.Add(new Facts(
        [
            new Fact(T("incident"), LocalizedText.Same($"{incident.Id} {incident.Title}")),
            new Fact(T("recipient"), LocalizedText.Same(report.Recipient)),
            new Fact(T("submitted"), names.At(report.SubmittedAt)),
            new Fact(T("known"), names.At(incident.KnownAt)),
            new Fact(T("limit"), clock is null ? Texts.Get("document.none") : names.By(clock.Limit)),
            new Fact(T("reference"), report.Reference is { } r ? LocalizedText.Same(r) : Texts.Get("document.none")),
            new Fact(T("reasons"), IncidentNames.Duty(incident)),
            new Fact(T("evidence"), IncidentRecord.Listed(report.Evidence)),
        ]));
        blocks.Add(new Heading(T("contents")));
        blocks.Add(new Facts(
        [
            Item("outline", contents.Outline), Item("dataItems", contents.DataItems), Item("persons", contents.Persons?.ToString("N0", CultureInfo.InvariantCulture)),
            Item("cause", contents.Cause), Item("secondaryDamage", contents.SecondaryDamage), Item("responseToPersons", contents.ResponseToPersons),
            Item("publication", contents.Publication), Item("prevention", contents.Prevention), Item("other", contents.Other),
        ]));
        return new PrintedDocument
        {
            Title = TitleOf(incident, report),
            Organization = organization.Name,
            Number = string.Create(CultureInfo.InvariantCulture, $"{incident.Id}-{StepOf(report)}"),
            Version = report.Number.ToString(CultureInfo.InvariantCulture),
            Date = office.DateAt(report.SubmittedAt),
            Approvals = [new Approval(T("recorded"), names.Person(report.By), office.DateAt(report.At))],
            Blocks = blocks,
        };
    }

    /// <summary>What the paper is called.</summary>
    public static LocalizedText TitleOf(Incident incident, BreachReport report)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(report);
        var title = T("title." + report.Kind);
        return incident.IsDrill ? Texts.Get("incident-letter.drill-subject", title) : title;
    }

    /// <summary>Names the report within the incident, such as <c>report-final-1</c>.</summary>
    public static string StepOf(BreachReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return string.Create(CultureInfo.InvariantCulture, $"report-{report.Kind.ToString().ToLowerInvariant()}-{report.Number}");
    }

    private static Fact Item(string name, string? value) =>
        new(T("item." + name), string.IsNullOrWhiteSpace(value) ? T("not-known-yet") : LocalizedText.Same(value));

    private static LocalizedText T(string key) => Texts.Get("breach-report." + key);
}
