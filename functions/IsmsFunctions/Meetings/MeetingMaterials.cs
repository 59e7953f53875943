using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Year;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Meetings;

/// <summary>Compiles what a meeting needs from the capabilities that keep it.</summary>
public sealed class MeetingMaterials(
    MeetingStore meetings, IEnumerable<IReviewInputSource> inputs, IEnumerable<IAgendaSource> points, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The inputs or the agenda as of now.</summary>
    public async Task<MeetingMaterial> CompileAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        var now = clock.GetUtcNow();
        var today = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone).DateAt(now);
        var before = (await meetings.AllAsync(meeting.Kind, cancellationToken)).Where(m => m.Id != meeting.Id && m.Minutes?.HeldOn <= today).Max(m => m.Minutes?.HeldOn);
        return meeting.Kind == MeetingKind.ManagementReview
            ? await InputsAsync(MeetingPlanning.ReviewPeriod(meeting.FiscalYear, before, today), now, cancellationToken)
            : await AgendaAsync(MeetingPlanning.AgendaPeriod(meeting.FiscalYear, before, today), now, cancellationToken);
    }

    private async Task<MeetingMaterial> InputsAsync(ReviewPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var compiled = new List<ReviewInput>();
        foreach (var source in inputs)
        {
            compiled.AddRange(await source.InputsAsync(period, cancellationToken));
        }

        // OrderBy keeps the sources' order within a topic.
        return new MeetingMaterial(now, period.From, period.Until, [.. compiled.OrderBy(i => i.Topic)], []);
    }

    private async Task<MeetingMaterial> AgendaAsync(AgendaPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var compiled = new List<AgendaPoint>();
        foreach (var source in points)
        {
            compiled.AddRange(await source.PointsAsync(period, cancellationToken));
        }

        return new MeetingMaterial(now, period.From, period.Until, [], compiled);
    }
}
