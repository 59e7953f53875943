using System.Globalization;
using Rehearsal.Results;

namespace Rehearsal.Story;

/// <summary>The year, day by day: the clock runs to the next morning on which people look at their tasks, then everybody does what is theirs.</summary>
internal sealed class RehearsedYear(
    AppProcess app, IsmsApi api, Cast cast, RehearsalCalendar calendar, OrchestrationCount orchestrations, string fiscalYear, Action<string> tell)
{
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var planItems = new PlanItemActors(api, cast, fiscalYear);
        var audits = new AuditActors(api, fiscalYear);
        var training = new TrainingActors(api, fiscalYear);
        var correctiveActions = new CorrectiveActionActors(api, cast);
        var kpis = new KpiActors(api, cast, fiscalYear);
        var certification = new CertificationActors(api, cast);
        var incidents = new IncidentActors(api, cast, calendar, fiscalYear);
        var committees = new CommitteeActors(api, cast);
        var reviews = new ReviewActors(api, cast);
        var accessReviews = new AccessReviewActors(api, cast);
        var month = 0;
        foreach (var day in calendar.Visits())
        {
            await app.RunUntilAsync(calendar.MorningOf(day), cancellationToken);
            if (day.Month != month)
            {
                month = day.Month;
                tell(day.ToString("yyyy-MM", CultureInfo.InvariantCulture));
                await orchestrations.LookAsync(cancellationToken);
            }

            if (day == calendar.Visits().First())
            {
                await kpis.PrepareAsync(cancellationToken);
                await api.PostAsync(Cast.Secretariat, $"years/{fiscalYear}/start", null, "start", cancellationToken);
                await app.RunUntilAsync(calendar.MorningOf(day), cancellationToken);
            }

            // Asked for once a morning: what the plan has started is in the items' rows.
            var items = await api.ListAsync(Cast.Secretariat, $"years/{fiscalYear}/items", cancellationToken);
            await kpis.ActAsync(day, items, cancellationToken);
            await accessReviews.ActAsync(day, items, cancellationToken);
            // Before the items: the drill leaves the record that its item is submitted with.
            await incidents.ActAsync(day, items, cancellationToken);
            await planItems.ActAsync(day, items, cancellationToken);
            await audits.ActAsync(day, items, cancellationToken);
            await training.ActAsync(day, items, cancellationToken);
            await correctiveActions.ActAsync(day, cancellationToken);
            await certification.ActAsync(day, items, cancellationToken);
            await committees.ActAsync(day, items, cancellationToken);
            await reviews.ActAsync(day, items, cancellationToken);
        }

        await app.RunUntilAsync(calendar.Closing, cancellationToken);
        await orchestrations.LookAsync(cancellationToken);
    }
}
