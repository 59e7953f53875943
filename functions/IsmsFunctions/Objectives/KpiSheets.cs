using System.Globalization;
using Isms.Evidence;
using Isms.Objectives;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Objectives;

/// <summary>Records the sheets of quarters as evidence.</summary>
public sealed class KpiSheets(IEvidenceStore evidence, ObjectiveRegister register, OrganizationStore organizations)
{
    /// <summary>The record's key, which the plan item demands.</summary>
    public const string Record = "kpi-sheet";

    /// <summary>Records the sheet of the measurement's present round; a later round supersedes the one before.</summary>
    public async Task<EvidenceManifest> RecordAsync(KpiMeasurement measurement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var quarter = measurement.ToQuarter();
        var (now, before) = await register.CompareAsync(quarter.Year, cancellationToken);
        var document = new KpiSheet(measurement, now, before, organization).Write(office.DateAt(measurement.StageSince));
        string Step(int round) => string.Create(CultureInfo.InvariantCulture, $"{Record}-{round}");
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(measurement.Id, Step(measurement.Round)),
            FiscalYear = measurement.FiscalYear,
            Type = EvidenceType.Operation,
            Title = document.Title,
            Clauses = ["6.2", "9.1"],
            Period = new Period(office.StartOf(quarter.From), office.StartOf(quarter.Until.AddDays(1))),
            Subject = measurement.Item ?? measurement.Id,
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(measurement.Id, Step(measurement.Round), YearPlanning.System) },
            Supersedes = measurement.Round > 1 ? EvidenceIds.OfStep(measurement.Id, Step(measurement.Round - 1)) : null,
            CreatedBy = YearPlanning.System,
        };
        return await evidence.RecordAsync(draft, DocumentFiles.Of(Record, document, measurement), cancellationToken);
    }
}
