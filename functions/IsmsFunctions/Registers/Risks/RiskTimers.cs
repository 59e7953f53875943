using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Looks for new risks regularly, so that the assessment finds them waiting.</summary>
public sealed class RiskTimers(RiskSources sources, OrganizationStore organizations)
{
    /// <summary>Runs weekly, before Monday's work begins in Japan: assessments take weeks, and whoever cannot wait asks for a look over HTTP.</summary>
    [Function(nameof(SuggestRisksOnSchedule))]
    public async Task SuggestRisksOnSchedule([TimerTrigger("0 30 20 * * 0")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (await organizations.FindAsync(cancellationToken) is not null)
        {
            await sources.SuggestAsync(cancellationToken);
        }
    }
}
