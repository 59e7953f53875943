using Isms.Audits;
using Isms.Certification;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Certification;

/// <summary>A milestone as it is shown.</summary>
public sealed record MilestoneLine(MilestoneKind Kind, LocalizedText Name, DateOnly DueOn, bool IsPast);

/// <summary>An audit of the track: its dates, its milestones, and where it stands once it is announced.</summary>
public sealed record TrackLine(
    string Id,
    CertificationAuditKind Kind,
    LocalizedText Title,
    DateOnly EarliestOn,
    DateOnly From,
    DateOnly To,
    DateOnly LatestOn,
    bool IsAgreed,
    bool IsProvisional,
    bool IsTooLate,
    IReadOnlyList<MilestoneLine> Milestones,
    string? Audit,
    CertificationAuditStage? Stage,
    LocalizedText? StageName);

/// <summary>What is next: a milestone, an audit, or an answer to the body.</summary>
/// <param name="What">What it is.</param>
/// <param name="Audit">The audit of the track, or its id.</param>
/// <param name="On">When it is due.</param>
/// <param name="IsOverdue">Whether that day has passed.</param>
public sealed record NextStep(LocalizedText What, string Audit, DateOnly On, bool IsOverdue);

/// <summary>The certification: the certificate, its track, and what is next.</summary>
public sealed record CertificationOverview(
    LocalizedText Body,
    string Standard,
    LocalizedText? Scope,
    string? CertificateNumber,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil,
    IReadOnlyList<NextStep> Next,
    IReadOnlyList<TrackLine> Track)
{
    private const int MostNext = 5;

    /// <summary>The overview on a day.</summary>
    public static CertificationOverview Of(CertificationSettings settings, CertificationTrack track, IReadOnlyList<CertificationAudit> audits, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(track);
        ArgumentNullException.ThrowIfNull(audits);
        var from = settings.ValidFrom ?? settings.IssuedOn;
        var lines = track.Audits.Select(a => Line(a, audits.FirstOrDefault(s => s.Track == a.Id), today)).ToList();
        return new CertificationOverview(
            settings.Body, settings.Standard, settings.Scope, settings.CertificateNumber, from, settings.ValidUntil ?? (from is { } day ? CertificationTrack.UsualEndOf(day) : null),
            [.. Steps(lines, audits, today).OrderBy(s => s.On).Take(MostNext)], lines);
    }

    private static TrackLine Line(TrackAudit audit, CertificationAudit? state, DateOnly today) => new(
        audit.Id, audit.Kind, audit.Title, audit.EarliestOn, state?.From ?? audit.From, state?.To ?? audit.To, audit.LatestOn, audit.IsAgreed, audit.IsProvisional,
        (state?.To ?? audit.To) > audit.LatestOn,
        [.. audit.Milestones.Select(m => new MilestoneLine(m.Kind, Texts.Get("certification.milestone." + m.Kind), m.DueOn, m.DueOn < today))],
        state?.Id, state?.Stage, state is null ? null : CertificationAuditRules.NameOf(state.Stage));

    private static IEnumerable<NextStep> Steps(IReadOnlyList<TrackLine> lines, IReadOnlyList<CertificationAudit> audits, DateOnly today)
    {
        foreach (var line in lines.Where(l => !l.IsProvisional && (l.Stage is CertificationAuditStage.Planned || (l.Stage is null && l.To >= today))))
        {
            foreach (var milestone in line.Milestones.Where(m => !m.IsPast))
            {
                yield return new NextStep(Texts.Get("certification.calendar.milestone", line.Title, milestone.Name), line.Id, milestone.DueOn, false);
            }

            yield return new NextStep(line.Title, line.Id, line.From, line.To < today);
        }

        foreach (var audit in audits.Where(a => a.Stage == CertificationAuditStage.Responding))
        {
            yield return new NextStep(Texts.Get("certification-paper.plan.title"), audit.Id, audit.RespondBy!.Value, audit.RespondBy < today);
        }
    }
}

/// <summary>An audit of the certification body as lists and answers to commands show it.</summary>
public record CertificationSummary(
    string Id,
    string FiscalYear,
    CertificationAuditKind Kind,
    LocalizedText Title,
    string? Track,
    CertificationAuditStage Stage,
    LocalizedText StageName,
    DateTimeOffset StageSince,
    DateOnly From,
    DateOnly To,
    DateOnly? RespondBy,
    bool Overdue,
    CertificationResult? Result,
    int Nonconformities,
    IReadOnlyList<string> Possible)
{
    /// <summary>The summary of an audit at a moment.</summary>
    public static CertificationSummary Of(CertificationAudit audit, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        return new CertificationSummary(
            audit.Id, audit.FiscalYear, audit.Kind, audit.Title, audit.Track, audit.Stage, CertificationAuditRules.NameOf(audit.Stage), audit.StageSince, audit.From, audit.To,
            audit.RespondBy, CertificationSchedule.DeadlineOf(audit)?.IsOverdue(today) ?? false, audit.Outcome?.Result, audit.Nonconformities().Count(),
            CertificationAuditRules.PossibleFor(audit));
    }
}

/// <summary>Everything about an audit of the certification body.</summary>
public sealed record CertificationDetails : CertificationSummary
{
    private CertificationDetails(CertificationSummary summary)
        : base(summary)
    {
    }

    public required LocalizedText Body { get; init; }

    public string? PlanItem { get; init; }

    public required IReadOnlyList<TrackMilestone> Milestones { get; init; }

    public CertificationOutcome? Outcome { get; init; }

    public required IReadOnlyList<CertificationResponse> Responses { get; init; }

    public required IReadOnlyList<StartedAction> Actions { get; init; }

    public required IReadOnlyList<CertificationDecision> Log { get; init; }

    /// <summary>The details of an audit at a moment.</summary>
    public static CertificationDetails Details(CertificationAudit audit, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return new CertificationDetails(Of(audit, organization, now))
        {
            Body = audit.Body,
            PlanItem = audit.PlanItem,
            Milestones = audit.Milestones,
            Outcome = audit.Outcome,
            Responses = audit.Responses,
            Actions = audit.Actions,
            Log = audit.Log,
        };
    }
}
