using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using static Isms.Incidents.IncidentConditions;

namespace Isms.Incidents;

/// <summary>Takes the report of an incident, a near miss or a drill.</summary>
public static class IncidentReporting
{
    /// <summary>What is wrong with a report; null when it can be taken.</summary>
    public static Refusal? Check(ReportIncident command, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(organization);
        var detected = command.DetectedAt ?? command.KnownAt ?? now;
        return IncidentText.IsSaid(command.Title, "title") ?? IncidentText.IsSaid(command.Description, "description")
            ?? DepartmentsAreKnown(command.Departments, organization) ?? SitesAreKnown(command.Sites, organization)
            ?? InformationIsSound(command.Information) ?? PersonalDataIsSound(command.PersonalData)
            ?? TimesAreInOrder(command.OccurredAt, detected, command.KnownAt ?? detected, now)
            ?? (command is { PlanItem: not null, Nature: not IncidentNature.Drill } ? Refusal.Of(RefusalKind.InvalidInput, "incident-plan-item-of-no-drill", "planItem", command.PlanItem) : null);
    }

    /// <summary>A new incident, from a report that passed <see cref="Check"/>. Where personal data is concerned, the law's clocks run from here on.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="year">The fiscal year.</param>
    /// <param name="command">The report.</param>
    /// <param name="by">Who reports, and when; forgotten where they wish to stay unknown.</param>
    /// <param name="office">The organisation's time zone.</param>
    public static Incident IsReported(string id, FiscalYear year, ReportIncident command, ActingPerson by, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var detected = command.DetectedAt ?? command.KnownAt ?? by.At;
        var known = command.KnownAt ?? detected;
        var duty = ReportDuty.Of(command.Nature, command.PersonalData);
        var reporter = command.Anonymous ? Incident.Anonymous : by.Person;
        return new Incident
        {
            Id = id,
            FiscalYear = year.Id,
            StageSince = by.At,
            Nature = command.Nature,
            Kind = command.Kind,
            Title = command.Title,
            Description = command.Description,
            OccurredAt = command.OccurredAt,
            DetectedAt = detected,
            KnownAt = known,
            ReportedAt = by.At,
            ReportedBy = reporter,
            Departments = [.. command.Departments.Distinct()],
            Sites = [.. (command.Sites ?? []).Distinct()],
            PlanItem = command.PlanItem,
            Information = command.Information ?? [],
            PersonalData = command.PersonalData,
            Duty = duty,
            Clocks = IncidentClocks.Recomputed([], duty, known, by.At, office),
            Log = [new IncidentDecision("report", reporter, by.At, IncidentStage.Reported)],
        };
    }
}
