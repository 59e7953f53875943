using System.Globalization;
using Isms.Year;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.SpotChecks;

/// <summary>Makes a spot-check by the setting <c>Schedules__SpotChecks</c>, once a month as we deploy it.</summary>
public sealed class SpotCheckTimers(SpotCheckMaking making, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>One a day at most, however often the timer fires.</summary>
    [Function(nameof(MakeSpotChecks))]
    public async Task MakeSpotChecks([TimerTrigger("%Schedules:SpotChecks%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (await organizations.FindInForceAsync(cancellationToken) is not { } organization)
        {
            return; // There are no limits to check against yet.
        }

        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        await making.MakeAsync("schedule", "schedule " + today.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
    }
}
