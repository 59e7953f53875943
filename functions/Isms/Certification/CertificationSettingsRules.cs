using System.Globalization;
using Isms.Audits;
using Isms.Organizations;
using Isms.Rules;

namespace Isms.Certification;

/// <summary>What must hold of the certification's settings before a track is computed from them.</summary>
public static class CertificationSettingsRules
{
    private const int LongestLeadTime = 365;
    private const int LongestResponse = 180;
    private static readonly AnswerResult[] NotFindings = [AnswerResult.Conforming, AnswerResult.NotApplicable];

    /// <summary>The first rule the settings break, or null.</summary>
    public static Refusal? FirstBrokenRule(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.Certification is { } settings
            ? BodyIsNamed(settings)
                ?? ACertificateHasItsDates(settings)
                ?? ACertificateIsValidForThreeYearsAtMost(settings)
                ?? Stage2ComesOneToSixMonthsAfterStage1(settings)
                ?? SurveillanceComesEveryYear(settings)
                ?? LeadTimesAreInOrder(settings)
                ?? AgreedDatesAreOfTheTrack(settings, organization)
                ?? GradesAreFindings(settings)
            : null;
    }

    private static Refusal? BodyIsNamed(CertificationSettings s) =>
        string.IsNullOrWhiteSpace(s.Body.Ja) || string.IsNullOrWhiteSpace(s.Body.En) ? Broken("certification-body-missing", "body") : null;

    private static Refusal? ACertificateHasItsDates(CertificationSettings s) =>
        s is { CertificateNumber: not null, IssuedOn: null, ValidFrom: null } or { ValidUntil: not null, IssuedOn: null, ValidFrom: null }
            ? Broken("certification-dates-missing", "issuedOn")
            : null;

    private static Refusal? ACertificateIsValidForThreeYearsAtMost(CertificationSettings s)
    {
        if ((s.ValidFrom ?? s.IssuedOn) is not { } from)
        {
            return null;
        }

        // A renewal may be decided up to half a year before the certificate that it follows expires.
        var earliest = s.IssuedOn is { } issued && issued.AddMonths(6) < from;
        var until = s.ValidUntil ?? CertificationTrack.UsualEndOf(from);
        return earliest || until <= from || until > from.AddYears(3)
            ? Broken("certification-validity", "validUntil", Text(until), from, from.AddYears(3))
            : null;
    }

    private static Refusal? Stage2ComesOneToSixMonthsAfterStage1(CertificationSettings s) =>
        s.Stage2On is { } second && (s.Stage1On is not { } first || second < first.AddMonths(1) || second > first.AddMonths(6))
            ? Broken("certification-stage-2", "stage2On", Text(second))
            : null;

    private static Refusal? SurveillanceComesEveryYear(CertificationSettings s) =>
        s.SurveillanceMonths is < 3 or > 12 ? Broken("certification-surveillance-interval", "surveillanceMonths", Number(s.SurveillanceMonths))
        : s.ResponseDays is < 1 or > LongestResponse ? Broken("certification-response-days", "responseDays", Number(s.ResponseDays), LongestResponse)
        : null;

    private static Refusal? LeadTimesAreInOrder(CertificationSettings s) =>
        InOrder(s.LeadTimes) && InOrder(s.RenewalLeadTimes) ? null : Broken("certification-lead-times", "leadTimes", null, LongestLeadTime);

    private static bool InOrder(CertificationLeadTimes times) =>
        times.Apply <= LongestLeadTime && times.Apply >= times.Rehearse && times.Rehearse >= times.Prepare && times.Prepare >= 0;

    private static Refusal? AgreedDatesAreOfTheTrack(CertificationSettings s, Organization organization)
    {
        if (s.AgreedDates.FirstOrDefault(d => d.To < d.From) is { } reversed)
        {
            return Broken("certification-dates-reversed", "agreedDates", reversed.Audit);
        }

        if (s.AgreedDates.GroupBy(d => d.Audit).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Broken("certification-dates-twice", "agreedDates", twice.Key);
        }

        var horizon = s.AgreedDates.Count == 0 ? default : s.AgreedDates.Max(d => d.From).AddYears(1);
        var known = CertificationTrack.Of(s with { AgreedDates = [] }, WorkingDaysOf(organization), horizon).Audits.Select(a => a.Id).ToList();
        return s.AgreedDates.FirstOrDefault(d => !known.Contains(d.Audit)) is { } unknown
            ? Broken("certification-dates-unknown-audit", "agreedDates", unknown.Audit, string.Join(", ", known))
            : null;
    }

    private static Year.WorkingDays WorkingDaysOf(Organization organization) => Year.WorkingDays.Of(organization);

    private static Refusal? GradesAreFindings(CertificationSettings s) =>
        s.Grades.FirstOrDefault(g => string.IsNullOrWhiteSpace(g.Word) || NotFindings.Contains(g.Grade)) is { } bad
            ? Broken("certification-grade-word", "grades", bad.Word)
            : null;

    private static Refusal Broken(string code, string field, string? value = null, params ReadOnlySpan<object?> arguments) =>
        Refusal.Of(RefusalKind.InvalidInput, code, "certification." + field, value, [value, .. arguments]);

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
