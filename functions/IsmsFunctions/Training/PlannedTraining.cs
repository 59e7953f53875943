using Isms.Training;
using Isms.Year;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Training;

/// <summary>Starts the training that a plan item demands as the item opens; of an item that was carried over, the campaign of the year before goes on.</summary>
public sealed class PlannedTraining(TrainingStarter starter, TrainingStore trainings, CourseRegister courses, OrganizationStore organizations, TimeProvider clock)
    : IPlannedWork
{
    /// <inheritdoc/>
    public string Kind => "training";

    /// <inheritdoc/>
    public async Task<string?> FindOrStartAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.CarriedFrom is { } earlier)
        {
            var begun = await trainings.ListAfterAsync(earlier.FiscalYear, null, cancellationToken)
                .FirstOrDefaultAsync(t => t.Value.Item == earlier.Item && t.Value.Stage != TrainingStage.Cancelled, cancellationToken);
            if (begun is not null)
            {
                return begun.Id;
            }
        }

        var now = clock.GetUtcNow();
        var today = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone).DateAt(now);
        var course = TrainingPlanning.CourseOf(item, await courses.ListAsync(cancellationToken));
        var plan = TrainingPlanning.Of(item, course, today);
        return (await starter.StartAsync(client, plan, YearPlanning.System, item.InstanceId, now, cancellationToken)).Id;
    }
}
