using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Meetings;

/// <summary>The steps of a meeting that put documents on record.</summary>
public sealed class MeetingRecordActivities(MeetingStore meetings, MeetingRecords records, OrganizationStore organizations)
{
    /// <summary>Records the papers, where that was not done when they were given out.</summary>
    [Function(nameof(RecordMeetingPapers))]
    public async Task RecordMeetingPapers([ActivityTrigger] MeetingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var meeting = (await meetings.GetAsync(input.Id, cancellationToken)).Value;
        await records.RecordPapersAsync(meeting, await organizations.GetAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Records the approved minutes and the decisions.</summary>
    [Function(nameof(RecordMeetingMinutes))]
    public async Task RecordMeetingMinutes([ActivityTrigger] MeetingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var meeting = (await meetings.GetAsync(input.Id, cancellationToken)).Value;
        await records.RecordMinutesAsync(meeting, await organizations.GetAsync(cancellationToken), cancellationToken);
    }
}
