using System.Globalization;
using Isms.Documents;
using Isms.Evidence;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Meetings;

/// <summary>Puts the documents of meetings on record, as evidence of the plan item that they do.</summary>
public sealed class MeetingRecords(IEvidenceStore evidence)
{
    /// <summary>The id of the minutes' evidence.</summary>
    public static string MinutesOf(Meeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return EvidenceIds.OfStep(meeting.Id, MinutesRecord(meeting));
    }

    /// <summary>The id of the evidence that shows the decisions, as they were made or, once all are settled, as they were carried out.</summary>
    public static string DecisionsOf(Meeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return EvidenceIds.OfStep(meeting.Id, Step(DecisionsRecord(meeting), meeting.Stage == MeetingStage.Closed && HasOutcome(meeting) ? 2 : 1));
    }

    /// <summary>Records the papers that were given out; papers that are given out anew supersede those before.</summary>
    public async Task RecordPapersAsync(Meeting meeting, Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        if (meeting.Issued is { } issued)
        {
            var record = meeting.Kind == MeetingKind.ManagementReview ? "review-inputs" : "committee-agenda";
            var office = OfficeTime.Of(organization.TimeZone);
            var period = new Period(office.StartOf(issued.Material.From), office.StartOf(issued.Material.Until.AddDays(1)));
            var data = new { meeting.Id, meeting.Kind, meeting.Appointment, Papers = issued };
            await RecordAsync(meeting, record, issued.Version, MeetingPapers.Write(meeting, issued, organization), data, period, YearPlanning.System, cancellationToken);
        }
    }

    /// <summary>Records the approved minutes with the decisions, and once these are settled what became of them.</summary>
    public async Task RecordMinutesAsync(Meeting meeting, Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        if (meeting.Approval is not { } approval)
        {
            return;
        }

        var office = OfficeTime.Of(organization.TimeZone);
        var held = new Period(office.StartOf(meeting.Minutes!.HeldOn), office.StartOf(meeting.Minutes.HeldOn.AddDays(1)));
        var data = new { meeting.Id, meeting.Kind, meeting.Minutes, Decisions = meeting.Decisions.Select(AsMade).ToList(), meeting.Submission, meeting.Approval };
        var made = meeting with { Stage = MeetingStage.FollowingUp, Decisions = [.. meeting.Decisions.Select(AsMade)] };
        await RecordAsync(meeting, MinutesRecord(meeting), 1, MinutesPapers.Minutes(made, organization), data, held, approval.By, cancellationToken);
        if (meeting.Kind == MeetingKind.ManagementReview || meeting.Decisions.Count > 0)
        {
            var record = DecisionsRecord(meeting);
            await RecordAsync(meeting, record, 1, MinutesPapers.DecisionList(made, organization, 1), made.Decisions, held, approval.By, cancellationToken);
            if (meeting.Stage == MeetingStage.Closed && HasOutcome(meeting))
            {
                var until = new Period(held.From, meeting.StageSince);
                await RecordAsync(
                    meeting, record, 2, MinutesPapers.DecisionList(meeting, organization, 2), meeting.Decisions, until, YearPlanning.System, cancellationToken);
            }
        }
    }

    /// <summary>A decision as the minutes have it: what happened to it since is for the list of decisions.</summary>
    private static Decision AsMade(Decision decision) => decision with
    {
        Due = decision.FirstDue ?? decision.Due,
        FirstDue = null,
        Status = DecisionStatus.Open,
        Started = null,
        Evidence = [],
        Log = [],
    };

    private static bool HasOutcome(Meeting meeting) => meeting.Decisions.Count > 0;

    private static string MinutesRecord(Meeting meeting) => meeting.Kind == MeetingKind.ManagementReview ? "review-minutes" : "committee-minutes";

    private static string DecisionsRecord(Meeting meeting) => meeting.Kind == MeetingKind.ManagementReview ? "review-decisions" : "committee-decisions";

    private static string Step(string record, int version) => version == 1 ? record : string.Create(CultureInfo.InvariantCulture, $"{record}-{version}");

    private Task<EvidenceManifest> RecordAsync(
        Meeting meeting, string record, int version, PrintedDocument document, object data, Period period, string actor, CancellationToken cancellationToken)
    {
        var isReview = meeting.Kind == MeetingKind.ManagementReview;
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(meeting.Id, Step(record, version)),
            FiscalYear = meeting.FiscalYear,
            Type = isReview ? EvidenceType.ManagementReview : EvidenceType.Operation,
            Title = new LocalizedText($"{document.Title.Ja} {meeting.Id}", $"{document.Title.En} {meeting.Id}"),
            Clauses = isReview ? ["9.3"] : ["7.4"],
            Period = period,
            Subject = meeting.Subject,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(meeting.Id, Step(record, version), actor) },
            Supersedes = version > 1 ? EvidenceIds.OfStep(meeting.Id, Step(record, version - 1)) : null,
            CreatedBy = actor,
        };
        return evidence.RecordAsync(draft, DocumentFiles.Of(record, document, data), cancellationToken);
    }
}
