using Isms.Certification;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Audits;

/// <summary>
/// The time within which the audit programme covers everything once: the three years of the certificate, or three fiscal years where there is none.
/// </summary>
/// <param name="From">Its first day.</param>
/// <param name="Until">Its last day.</param>
/// <param name="IsOfCertificate">Whether it is the certificate's.</param>
public sealed record AuditCycle(DateOnly From, DateOnly Until, bool IsOfCertificate)
{
    private const int Years = 3;

    // Internal audits are usually held by the middle of the year (design of the plan: months 4 to 6); a year that the cycle leaves before that has none to offer.
    private const int MonthOfTheAudit = 6;

    /// <summary>The cycle that a day lies in.</summary>
    /// <param name="organization">Whose certificate and fiscal years decide.</param>
    /// <param name="audits">The internal audits there are: without a certificate, the year of the first one begins the first cycle.</param>
    /// <param name="today">The local date.</param>
    public static AuditCycle Of(Organization organization, IEnumerable<Audit> audits, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(audits);
        if (organization.Certification is { } certificate && (certificate.ValidFrom ?? certificate.IssuedOn) is { } from)
        {
            var until = certificate.ValidUntil ?? CertificationTrack.UsualEndOf(from);
            while (until < today)
            {
                from = until.AddDays(1);
                until = CertificationTrack.UsualEndOf(from);
            }

            return new AuditCycle(from, until, true);
        }

        var month = organization.FiscalYearStartMonth;
        var first = FiscalYear.Of(audits.Where(a => a.Stage != AuditStage.Cancelled).Select(a => a.Plan.From).Append(today).Min(), month);
        var passed = (FiscalYear.Of(today, month).Year - first.Year) / Years;
        var start = new FiscalYear(first.Year + (passed * Years), month).Start;
        return new AuditCycle(start, start.AddYears(Years).AddDays(-1), false);
    }

    /// <summary>Whether a day lies in it.</summary>
    public bool Contains(DateOnly day) => day >= From && day <= Until;

    /// <summary>How many yearly audits it still has room for, the next one included.</summary>
    /// <param name="next">The fiscal year of the next audit.</param>
    public int AuditsLeftFrom(FiscalYear next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var left = 0;
        for (var year = next; year.FirstDayOf(MonthOfTheAudit) <= Until; year = year.Next)
        {
            left++;
        }

        return Math.Max(1, left);
    }
}
