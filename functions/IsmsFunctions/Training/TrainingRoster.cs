using Isms.Training;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Training;

/// <summary>Brings a campaign's participants in line with the directory.</summary>
public sealed class TrainingRoster(StateStore states, TrainingStore trainings, IStaffDirectory directory, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Asks the directory; where it does not answer in full, the participants stay as they are and the campaign notes the problem.</summary>
    public async Task<TrainingCampaign> RefreshAsync(TrainingCampaign campaign, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var organization = await organizations.GetAsync(cancellationToken);
        var reading = await directory.ReadAsync(organization.TimeZone, cancellationToken);

        // Roles and names are known without the directory; it only adds the accounts.
        var needsDirectory = campaign.Audience.Kind != AudienceKind.Selection || campaign.Audience.Departments.Count > 0;
        var problem = needsDirectory ? reading.Problem : null;
        var now = clock.GetUtcNow();
        if (problem is null)
        {
            var candidates = AudienceRules.Select(campaign.Audience, reading.Accounts, organization);
            var present = await trainings.ParticipantsAsync(campaign.Id, cancellationToken);
            await trainings.ApplyAsync(campaign.Id, RosterRules.Compare(present, candidates), OfficeTime.Of(organization.TimeZone).DateAt(now), cancellationToken);
        }

        return (await states.UpdateAsync<TrainingCampaign>(
            TrainingStore.Kind, campaign.Id, c => TrainingRules.DirectoryWasAsked(c, now, problem), cancellationToken: cancellationToken)).Value;
    }
}
