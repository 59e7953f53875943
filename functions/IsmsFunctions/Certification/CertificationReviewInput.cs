using System.Globalization;
using Isms.Certification;
using Isms.Evidence;
using Isms.ManagementReviews;
using Isms.Reports;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Certification;

/// <summary>What the certification body found, for the management review (clause 9.3.2 d 3).</summary>
public sealed class CertificationReviewInput(CertificationStore audits, AllFindings findings, OrganizationStore organizations, TimeProvider clock) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var organization = await organizations.GetAsync(cancellationToken);
        if (organization.Certification is null)
        {
            return [];
        }

        var held = (await audits.AllAsync(cancellationToken)).Where(a => a.Outcome is not null && a.To >= period.From && a.To <= period.Until).OrderBy(a => a.To).ToList();
        var sentences = held.Select(Said).ToList();
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        if (CertificationStarter.TrackOf(organization, clock.GetUtcNow()).Audits.FirstOrDefault(a => !a.IsProvisional && a.From > today) is { } next)
        {
            sentences.Add(Texts.Get("certification-review.next", next.Title, next.From));
        }

        var all = await findings.ReadAsync(period.From, period.Until, cancellationToken);
        if (FindingAnalysis.Of(all, LocalizedText.Same).Repeated is { Count: > 0 } repeated)
        {
            sentences.Add(Texts.Get("certification-review.repeated", repeated.Count));
        }

        return
        [
            new ReviewInput
            {
                Topic = ReviewTopic.AuditResults,
                Title = Texts.Get("certification-review.title"),
                Sentences = sentences,
                Figures = Figures(held),
                Evidence = [.. held.Select(a => EvidenceIds.OfStep(a.Id, CertificationPlanning.Report))],
            },
        ];
    }

    private static LocalizedText Said(CertificationAudit audit) => Texts.Get(
        "certification-review.audit", audit.Title, audit.To, Texts.Get("certification.result." + audit.Outcome!.Result), audit.Nonconformities().Count(),
        audit.FindingsSoFar().Count(f => !f.IsNonconformity), CertificationAuditRules.NameOf(audit.Stage));

    private static IReadOnlyList<ReportFigure> Figures(List<CertificationAudit> held) => held.Count == 0
        ? []
        :
        [
            Figure("nonconformities", held.Sum(a => a.Nonconformities().Count())),
            Figure("open-actions", held.Sum(a => a.Actions.Count(s => !s.Closed))),
            Figure("others", held.Sum(a => a.FindingsSoFar().Count(f => !f.IsNonconformity))),
        ];

    private static ReportFigure Figure(string key, int count) =>
        new(Texts.Get("certification-review." + key), LocalizedText.Same(count.ToString(CultureInfo.InvariantCulture)));
}
