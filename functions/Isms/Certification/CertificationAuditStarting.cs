using Isms.Organizations;
using Isms.Rules;
using Isms.Year;

namespace Isms.Certification;

/// <summary>Announces audits of the certification body.</summary>
public static class CertificationAuditStarting
{
    /// <summary>The id of an audit of the track: one each, whoever announces it.</summary>
    public static string IdOf(string track) => "certification-" + track;

    /// <summary>An audit of the track as it stands in the settings.</summary>
    /// <param name="track">The audit of the track.</param>
    /// <param name="organization">Whose certification it is.</param>
    /// <param name="item">The plan item; null for what the settings say.</param>
    /// <param name="by">The person id of who announces it, or <c>system</c>.</param>
    /// <param name="at">When.</param>
    public static CertificationAudit OfTrack(TrackAudit track, Organization organization, PlanItem? item, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(track);
        ArgumentNullException.ThrowIfNull(organization);
        var year = item?.FiscalYear ?? FiscalYear.Of(track.From, organization.FiscalYearStartMonth).Id;
        return new CertificationAudit
        {
            Id = IdOf(track.Id),
            FiscalYear = year,
            Kind = track.Kind,
            Title = track.Title,
            Track = track.Id,
            PlanItem = item?.InstanceId ?? PlanItem.InstanceIdOf(year, CertificationPlanning.ItemIdOf(track.Id)),
            Body = organization.Certification!.Body,
            StageSince = at,
            From = track.From,
            To = track.To,
            Milestones = track.Milestones,
            Log = [new CertificationDecision("announce", by, at, CertificationAuditStage.Planned)],
        };
    }

    /// <summary>An audit outside the cycle.</summary>
    public static Outcome<CertificationAudit> Special(string id, AnnounceCertificationAudit command, Organization organization, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(organization);
        if ((SettingsAreThere(organization) ?? DatesAreGiven(command)) is { } refusal)
        {
            return refusal;
        }

        return new CertificationAudit
        {
            Id = id,
            FiscalYear = FiscalYear.Of(command.From!.Value, organization.FiscalYearStartMonth).Id,
            Kind = CertificationAuditKind.Special,
            Title = CertificationTrack.NameOf(CertificationAuditKind.Special, 1),
            Body = organization.Certification!.Body,
            StageSince = at,
            From = command.From.Value,
            To = command.To ?? command.From.Value,
            Log = [new CertificationDecision("announce", by, at, CertificationAuditStage.Planned)],
        };
    }

    /// <summary>Without a certification in the settings there is no body that could audit.</summary>
    public static Refusal? SettingsAreThere(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.Certification is null ? Refusal.Of(RefusalKind.IllegalState, "certification-not-set-up") : null;
    }

    private static Refusal? DatesAreGiven(AnnounceCertificationAudit command) =>
        command.From is null || command.To < command.From ? Refusal.Of(RefusalKind.InvalidInput, "certification-announce-dates", "from") : null;
}
