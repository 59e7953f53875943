using System.Globalization;
using Isms.Text;
using Isms.Year;

namespace Isms.Certification;

/// <summary>What kind of audit of the certification body it is.</summary>
public enum CertificationAuditKind
{
    /// <summary>Stage 1 of the first certification: documents and readiness (第一段階審査).</summary>
    Stage1,

    /// <summary>Stage 2: whether it is lived (第二段階審査).</summary>
    Stage2,

    /// <summary>Surveillance in the years between (定期審査).</summary>
    Surveillance,

    /// <summary>Renewal before the certificate expires (更新審査).</summary>
    Renewal,

    /// <summary>Outside the cycle: a follow-up, an extension of scope, at short notice (臨時審査).</summary>
    Special,
}

/// <summary>What is to be done before an audit.</summary>
public enum MilestoneKind
{
    /// <summary>Apply, or fix the dates with the body (申込・日程確定).</summary>
    Apply,

    /// <summary>Hold the pre-audit check (審査前点検).</summary>
    Rehearse,

    /// <summary>Have the documents ready that the body asks for (提出文書の準備).</summary>
    Prepare,
}

/// <summary>A milestone before an audit.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="DueOn">Until when: a working day.</param>
public sealed record TrackMilestone(MilestoneKind Kind, DateOnly DueOn);

/// <summary>An audit of the track.</summary>
public sealed record TrackAudit
{
    /// <summary>Its id, such as <c>2024-surveillance-1</c>: it stays the same when dates change.</summary>
    public required string Id { get; init; }

    /// <summary>Its kind.</summary>
    public required CertificationAuditKind Kind { get; init; }

    /// <summary>Which surveillance audit of the cycle it is; 1 for the others.</summary>
    public int Number { get; init; } = 1;

    /// <summary>The first day on which it makes sense.</summary>
    public required DateOnly EarliestOn { get; init; }

    /// <summary>Its first day, as agreed with the body or as proposed: a working day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Its last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The last day that keeps the certificate.</summary>
    public required DateOnly LatestOn { get; init; }

    /// <summary>Whether its dates are agreed with the body.</summary>
    public bool IsAgreed { get; init; }

    /// <summary>Whether it rests on a certificate that does not exist yet: then it is shown, but not planned.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>What is to be done before it, in order of time.</summary>
    public IReadOnlyList<TrackMilestone> Milestones { get; init; } = [];

    /// <summary>Whether the agreed dates are too late to keep the certificate.</summary>
    public bool IsTooLate => To > LatestOn;

    /// <summary>What it is called.</summary>
    public LocalizedText Title => CertificationTrack.NameOf(Kind, Number);
}

/// <summary>
/// The way of a certificate: stage 1 and stage 2, a certificate for three years, surveillance at about 12 and 24 months, renewal before 36, and the next cycle.
/// ISO/IEC 17021-1, 9.1.3: surveillance at least once a calendar year, the first one not later than twelve months after the certification decision, and the
/// renewal decided before the certificate expires.
/// </summary>
/// <param name="Audits">Its audits in order of time.</param>
public sealed record CertificationTrack(IReadOnlyList<TrackAudit> Audits)
{
    private const int CycleMonths = 36;

    /// <summary>Audits of this age of the cycle would fall together with the renewal.</summary>
    private const int LastSurveillanceMonth = 30;

    /// <summary>A proposal leaves a month for what comes in between.</summary>
    private const int MonthsInHand = 1;

    private const int MonthsOfWindow = 3;

    /// <summary>What a renewal's findings, the body's review and its decision take.</summary>
    private const int DaysToDecide = 60;

    /// <summary>What a first certification's decision takes after stage 2.</summary>
    private const int MonthsToCertificate = 2;

    /// <summary>The track until a day: the audits of all cycles that begin by then.</summary>
    public static CertificationTrack Of(CertificationSettings? settings, WorkingDays days, DateOnly until)
    {
        ArgumentNullException.ThrowIfNull(days);
        if (settings is null)
        {
            return new CertificationTrack([]);
        }

        var audits = new List<TrackAudit>(Stages(settings, days));
        var certified = settings.ValidFrom ?? settings.IssuedOn;
        var start = certified ?? (audits.Count > 0 ? audits[^1].To.AddMonths(MonthsToCertificate) : null);
        var decided = settings.IssuedOn is { } issued && issued < start ? issued : start;
        var end = settings.ValidUntil;
        while (start is { } from)
        {
            var until36 = end ?? UsualEndOf(from);
            audits.AddRange(Cycle(settings, days, from, decided!.Value, until36, certified is null));
            (start, decided, end) = (until36.AddDays(1), until36.AddDays(1), null);
            if (start > until)
            {
                break;
            }
        }

        return new CertificationTrack([.. audits.OrderBy(a => a.From).ThenBy(a => a.LatestOn)]);
    }

    /// <summary>The last day of a certificate that is valid for the usual three years.</summary>
    public static DateOnly UsualEndOf(DateOnly from) => from.AddMonths(CycleMonths).AddDays(-1);

    /// <summary>The audit of this id, or null.</summary>
    public TrackAudit? Find(string id) => Audits.FirstOrDefault(a => a.Id == id);

    /// <summary>What an audit is called.</summary>
    public static LocalizedText NameOf(CertificationAuditKind kind, int number) => Texts.Get("certification.kind." + kind, number);

    private static IEnumerable<TrackAudit> Stages(CertificationSettings settings, WorkingDays days)
    {
        if (settings.Stage1On is not { } first)
        {
            yield break;
        }

        var second = settings.Stage2On ?? days.OnOrAfter(first.AddMonths(3));
        yield return Make(settings, days, "first-stage-1", CertificationAuditKind.Stage1, 1, first, first, days.OnOrBefore(second.AddMonths(-1)));
        yield return Make(
            settings, days, "first-stage-2", CertificationAuditKind.Stage2, 1, days.OnOrAfter(first.AddMonths(1)), second, days.OnOrBefore(first.AddMonths(6)));
    }

    private static IEnumerable<TrackAudit> Cycle(
        CertificationSettings settings, WorkingDays days, DateOnly from, DateOnly decided, DateOnly end, bool isProvisional)
    {
        var year = from.Year.ToString("0000", CultureInfo.InvariantCulture);
        var number = 1;
        for (var month = settings.SurveillanceMonths; month <= LastSurveillanceMonth && from.AddMonths(month) < end; month += settings.SurveillanceMonths)
        {
            var latest = days.OnOrBefore(decided.AddMonths(month));
            yield return Make(
                settings, days, string.Create(CultureInfo.InvariantCulture, $"{year}-surveillance-{number}"), CertificationAuditKind.Surveillance, number,
                days.OnOrAfter(latest.AddMonths(-MonthsOfWindow)), days.OnOrBefore(latest.AddMonths(-MonthsInHand)), latest, isProvisional);
            number++;
        }

        yield return Make(
            settings, days, year + "-renewal", CertificationAuditKind.Renewal, 1, days.OnOrAfter(end.AddMonths(-2 * MonthsOfWindow)),
            days.OnOrBefore(end.AddMonths(-MonthsOfWindow)), days.OnOrBefore(end.AddDays(-DaysToDecide)), isProvisional);
    }

    private static TrackAudit Make(
        CertificationSettings settings, WorkingDays days, string id, CertificationAuditKind kind, int number, DateOnly earliest, DateOnly proposed, DateOnly latest,
        bool isProvisional = false)
    {
        var agreed = settings.AgreedDates.FirstOrDefault(d => d.Audit == id);
        var from = agreed?.From ?? proposed;
        var times = kind == CertificationAuditKind.Surveillance ? settings.LeadTimes : settings.RenewalLeadTimes;
        TrackMilestone Before(MilestoneKind what, int lead) => new(what, days.OnOrBefore(from.AddDays(-lead)));
        return new TrackAudit
        {
            Id = id,
            Kind = kind,
            Number = number,
            EarliestOn = earliest,
            From = from,
            To = agreed?.To ?? from,
            LatestOn = latest,
            IsAgreed = agreed is not null || kind == CertificationAuditKind.Stage1 || (kind == CertificationAuditKind.Stage2 && settings.Stage2On is not null),
            IsProvisional = isProvisional,
            Milestones = [Before(MilestoneKind.Apply, times.Apply), Before(MilestoneKind.Rehearse, times.Rehearse), Before(MilestoneKind.Prepare, times.Prepare)],
        };
    }
}
