using Isms.ManagementReviews;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers;
using IsmsFunctions.Registers.Risks;

namespace IsmsFunctions.ManagementReviews.Sources;

/// <summary>Clause 9.3.2 c, e, f and g, as far as the registers show them: interested parties, feedback, risks, suggestions.</summary>
public sealed class RegisterInputSource(RegisterStore registers, ReviewEvidence evidence, OrganizationStore organizations) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var book = await registers.ReadAsync(cancellationToken);
        var risks = await evidence.OfAsync(period, cancellationToken, "risk-assessment-sheet", "risk-treatment-plan", "residual-risk-acceptance");
        return
        [
            RegisterInputs.OfParties(book, period, organization, await evidence.OfAsync(period, cancellationToken, "context-register")),
            RegisterInputs.OfFeedback(book, period, organization),
            RegisterInputs.OfRisks(RiskRegister.RisksIn(book, organization), RiskRegister.TreatmentsIn(book), period, organization.RiskMethod, risks),
            RegisterInputs.OfSuggestions(book, period, organization, await evidence.OfAsync(period, cancellationToken, "improvement-plan")),
        ];
    }
}
