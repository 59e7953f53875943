using Isms.Audits;
using Isms.Evidence;
using Isms.Objectives;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Audits;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Objectives.Sources;

/// <summary>Counts the findings of internal audits by grade (clause 9.2), once the report is approved: before that they may still be corrected.</summary>
public sealed class AuditMeasures(AuditStore audits, OrganizationStore organizations) : IMeasureSource
{
    private static readonly Dictionary<string, AnswerResult> Grades = new(StringComparer.Ordinal)
    {
        ["audit-major-nonconformities"] = AnswerResult.MajorNonconformity,
        ["audit-minor-nonconformities"] = AnswerResult.MinorNonconformity,
        ["audit-observations"] = AnswerResult.Observation,
    };

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures { get; } = [.. Grades.Keys.Select(id => MeasuresOf.Count(id, "9.2", "5.35"))];

    /// <inheritdoc/>
    public async Task<MeasuredValue> MeasureAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var reported = (await audits.ListAsync(null, cancellationToken)).Select(a => a.Value)
            .Where(a => a.ReportApproval is { } approval && office.DateAt(approval.At) is var day && day >= period.From && day <= period.Until)
            .ToList();
        return reported.Count == 0
            ? MeasuredValue.Nothing(Texts.Get("measure.audit.nothing"))
            : MeasuredValue.Count(
                reported.SelectMany(a => a.Findings).Count(f => f.Grade == Grades[measure]), reported.Select(a => EvidenceIds.OfStep(a.Id, "audit-report")));
    }
}
