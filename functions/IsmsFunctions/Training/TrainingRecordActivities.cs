using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Training;

/// <summary>Puts a campaign on record (clauses 7.2 d and 7.3): attendance, results where there was a test, and material where it was named.</summary>
public sealed class TrainingRecordActivities(
    StateStore states, TrainingStore trainings, CourseRegister courses, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The id of a record of a campaign.</summary>
    public static string EvidenceIdOf(string campaign, string record) => EvidenceIds.OfStep(campaign, record);

    /// <summary>Records what a closed campaign came to, tells the register of courses, and closes it for good.</summary>
    [Function(nameof(RecordTraining))]
    public async Task RecordTraining([ActivityTrigger] TrainingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var campaign = (await trainings.GetAsync(input.Id, cancellationToken)).Value;
        if (campaign.Stage != TrainingStage.Closing)
        {
            return;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var participants = await trainings.ParticipantsAsync(campaign.Id, cancellationToken);
        var outcome = TrainingProgress.Of(participants, campaign.PassMark);
        var ids = new List<string>();
        var attendance = TrainingPapers.Attendance(campaign, participants, organization);
        ids.Add(await RecordAsync(campaign, organization, TrainingPapers.AttendanceRecord, attendance, new { Campaign = campaign, Outcome = outcome, Participants = participants }, cancellationToken));
        if (campaign.PassMark is not null && outcome.Attended > 0)
        {
            var results = TrainingPapers.Results(campaign, participants, organization);
            ids.Add(await RecordAsync(campaign, organization, TrainingPapers.ResultsRecord, results, new { campaign.Id, campaign.PassMark, Outcome = outcome }, cancellationToken));
        }

        if (campaign.Material.IsNamed)
        {
            var material = TrainingPapers.Material(campaign, organization);
            ids.Add(await RecordAsync(campaign, organization, TrainingPapers.MaterialRecord, material, new { campaign.Id, campaign.Material }, cancellationToken));
        }

        await courses.NoteAsync(campaign, outcome, ids, cancellationToken);
        await states.UpdateAsync<TrainingCampaign>(
            TrainingStore.Kind, campaign.Id, c => TrainingRules.IsRecorded(c, outcome, clock.GetUtcNow()), cancellationToken: cancellationToken);
    }

    private async Task<string> RecordAsync(
        TrainingCampaign campaign, Organization organization, string record, PrintedDocument document, object data, CancellationToken cancellationToken)
    {
        var end = campaign.End!;
        var from = OfficeTime.Of(organization.TimeZone).StartOf(campaign.From);
        var draft = new EvidenceDraft
        {
            Id = EvidenceIdOf(campaign.Id, record),
            FiscalYear = campaign.FiscalYear,
            Type = EvidenceType.Training,
            Title = new LocalizedText($"{document.Title.Ja} {campaign.Title.Ja}", $"{document.Title.En}: {campaign.Title.En}"),
            Clauses = ["7.2", "7.3"],
            Controls = ["6.3"],
            Period = new Period(from < end.At ? from : end.At, end.At),
            Subject = campaign.Subject,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(campaign.Id, record, end.By) },
            CreatedBy = end.By,
        };
        await evidence.RecordAsync(draft, DocumentFiles.Of(record, document, data), cancellationToken);
        return draft.Id;
    }
}
