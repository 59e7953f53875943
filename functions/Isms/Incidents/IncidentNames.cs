using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Incidents;

/// <summary>Names and times as letters and papers about incidents write them.</summary>
internal sealed class IncidentNames(Organization organization)
{
    private readonly ReportDeadlines deadlines = new(OfficeTime.Of(organization.TimeZone));

    /// <summary>A person's name; the system's and that of a reporter who stays unknown have words of their own.</summary>
    public LocalizedText Person(string? id) => id switch
    {
        null => Texts.Get("document.none"),
        "system" => Texts.Get("incident.system"),
        Incident.Anonymous => Texts.Get("incident.anonymous"),
        _ => organization.FindPerson(id)?.Name ?? LocalizedText.Same(id),
    };

    public LocalizedText Departments(IEnumerable<string> ids) =>
        Listed(ids.Select(id => organization.FindDepartment(id)?.Name ?? LocalizedText.Same(id)));

    public LocalizedText Sites(IEnumerable<string> ids) =>
        Listed(ids.Select(id => organization.Sites.FirstOrDefault(s => s.Id == id)?.Name ?? LocalizedText.Same(id)));

    /// <summary>A moment at which something happened.</summary>
    public LocalizedText At(DateTimeOffset? instant) => instant is { } i ? deadlines.WrittenMoment(i) : Texts.Get("incident.not-known");

    /// <summary>An instant by which something has to be done.</summary>
    public LocalizedText By(DateTimeOffset instant) => deadlines.Written(instant);

    public static LocalizedText Kind(Incident incident) => Texts.Get("incident.kind." + incident.Kind);

    public static LocalizedText Severity(Incident incident) =>
        incident.Severity is { } severity ? Texts.Get("incident.severity." + severity) : Texts.Get("incident.not-known");

    public static LocalizedText Duty(Incident incident)
    {
        var reasons = Texts.Join(incident.Duty.Reasons.Select(ReportDuty.NameOf));
        return Texts.Get(incident.Duty.IsDue ? "incident.duty.due" : "incident.duty.not-due", reasons);
    }

    public static LocalizedText Report(BreachReportKind kind) => Texts.Get("incident.report." + kind);

    private static LocalizedText Listed(IEnumerable<LocalizedText> texts) =>
        texts.ToList() is { Count: > 0 } list ? Texts.Join(list) : Texts.Get("document.none");
}
