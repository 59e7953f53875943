using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using static Isms.Incidents.IncidentText;

namespace Isms.Incidents;

/// <summary>What has to hold before a step of an incident is accepted, each condition named as a sentence; null where it holds.</summary>
internal static class IncidentConditions
{
    private const int OldestYears = 3;
    private const int MostImpact = 5;

    public static Refusal? ActsForTheHandler(Incident incident, ActingPerson by) =>
        by.Person == incident.Handler || by.IsSecretariat
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "not-the-handler-of-this-incident", null, by.Person, incident.Id, incident.Handler ?? "-");

    public static Refusal? DepartmentsAreKnown(IReadOnlyList<string>? departments, Organization organization)
    {
        if (departments is null or [])
        {
            return Refusal.Of(RefusalKind.InvalidInput, "incident-without-department", "departments");
        }

        var known = string.Join(", ", organization.Departments.Select(d => d.Id));
        return departments.FirstOrDefault(d => organization.FindDepartment(d) is null) is { } unknown
            ? Refusal.Of(RefusalKind.InvalidInput, "unknown-department", "departments", unknown, unknown, known)
            : null;
    }

    public static Refusal? SitesAreKnown(IReadOnlyList<string>? sites, Organization organization)
    {
        var known = organization.Sites.Select(s => s.Id).ToList();
        return sites?.FirstOrDefault(s => !known.Contains(s)) is { } unknown
            ? Refusal.Of(RefusalKind.InvalidInput, "incident-unknown-site", "sites", unknown, unknown, known.Count == 0 ? "-" : string.Join(", ", known))
            : null;
    }

    public static Refusal? PersonIsKnown(string? person, string field, Organization organization) =>
        person is not null && organization.FindPerson(person) is null
            ? Refusal.Of(RefusalKind.InvalidInput, "unknown-person", field, person, person, string.Join(", ", organization.People.Select(p => p.Id)))
            : null;

    public static Refusal? InformationIsSound(IReadOnlyList<InformationInvolved>? information) =>
        information?.Select((i, index) => IsSaid(i.What, $"information[{index}].what")
            ?? (new[] { i.Confidentiality, i.Integrity, i.Availability }.Any(v => v is < 0 or > MostImpact)
                ? Refusal.Of(RefusalKind.InvalidInput, "incident-impact-out-of-range", $"information[{index}]", null, MostImpact)
                : null)).FirstOrDefault(r => r is not null);

    public static Refusal? PersonalDataIsSound(PersonalDataFacts? facts) =>
        facts is null ? null
        : facts.Persons < 0 ? Refusal.Of(RefusalKind.InvalidInput, "incident-persons-negative", "personalData.persons")
        : IsFitForTheRecord(facts.Items, "personalData.items");

    /// <summary>Something happens, is noticed, is known, in this order and not in the future.</summary>
    public static Refusal? TimesAreInOrder(DateTimeOffset? occurred, DateTimeOffset detected, DateTimeOffset known, DateTimeOffset now)
    {
        (string Field, DateTimeOffset At)[] times = [("occurredAt", occurred ?? detected), ("detectedAt", detected), ("knownAt", known)];
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i].At > now || times[i].At < now.AddYears(-OldestYears) || (i > 0 && times[i].At < times[i - 1].At))
            {
                return Refusal.Of(RefusalKind.InvalidInput, "incident-times-out-of-order", times[i].Field, null, times[i].Field, OldestYears);
            }
        }

        return null;
    }

    /// <summary>What was done, was done after it was noticed and before it is told.</summary>
    public static Refusal? HappenedMeanwhile(DateTimeOffset at, Incident incident, ActingPerson by, string field) =>
        at > by.At || at < (incident.OccurredAt ?? incident.DetectedAt)
            ? Refusal.Of(RefusalKind.InvalidInput, "incident-time-outside", field, null, field)
            : null;

    public static Refusal? ReportIsComplete(FileBreachReport command)
    {
        if (command.Contents is not { } c)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "incident-report-incomplete", "contents", null, "contents");
        }

        (string Name, string? Text)[] all =
        [
            ("outline", c.Outline), ("dataItems", c.DataItems), ("persons", c.Persons?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("cause", c.Cause),
            ("secondaryDamage", c.SecondaryDamage), ("responseToPersons", c.ResponseToPersons), ("publication", c.Publication), ("prevention", c.Prevention), ("other", c.Other),
        ];
        if (all.Where(i => i.Name != "persons").Select(i => IsFitForTheRecord(i.Text, "contents." + i.Name)).FirstOrDefault(r => r is not null) is { } unfit)
        {
            return unfit;
        }

        var demanded = Demanded(command.Kind);
        string[] missing = [.. all.Where(i => demanded.Contains(i.Name) && string.IsNullOrWhiteSpace(i.Text)).Select(i => i.Name)];
        return missing.Length == 0 ? null : Refusal.Of(RefusalKind.RuleBroken, "incident-report-incomplete", "contents", null, string.Join(", ", missing)) with { Missing = missing };
    }

    /// <summary>
    /// A preliminary report says what is known by then (rule 8 (1), in parentheses), hence at least the outline; a final one all nine items; a notice items i, ii, iv, v and ix (rule 10).
    /// </summary>
    private static string[] Demanded(BreachReportKind kind) => kind switch
    {
        BreachReportKind.Preliminary => ["outline"],
        BreachReportKind.Final => ["outline", "dataItems", "persons", "cause", "secondaryDamage", "responseToPersons", "publication", "prevention", "other"],
        _ => ["outline", "dataItems", "cause", "secondaryDamage", "other"],
    };

    /// <summary>The clocks whose report must be there before an act: those of the given kinds that are open.</summary>
    public static Refusal? ReportsAreMade(Incident incident, string code, params BreachReportKind[] kinds)
    {
        string[] missing = [.. incident.OpenClocks.Where(c => kinds.Contains(c.Kind)).Select(c => "report:" + NameOf(c.Kind))];
        return missing.Length == 0
            ? null
            : Refusal.Of(RefusalKind.IllegalState, code, null, null, incident.Id, string.Join(", ", missing)) with { Possible = [IncidentRules.FileReport], Missing = missing };
    }

    /// <summary>The kind as requests spell it.</summary>
    public static string NameOf(BreachReportKind kind) => kind.ToString().ToLowerInvariant();
}
