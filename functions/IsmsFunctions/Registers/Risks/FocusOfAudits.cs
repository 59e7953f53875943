using Isms.Audits;
using Isms.Organizations;
using Isms.Registers;
using Isms.Risks;
using Isms.Text;
using IsmsFunctions.Audits;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Registers.Risks;

/// <summary>What audits are planned by: the exclusions of the statement of applicability, and the risks above the line of acceptance.</summary>
public sealed class FocusOfAudits(RegisterStore registers, OrganizationStore organizations) : IAuditFocusSource
{
    /// <inheritdoc/>
    public async Task<AuditFocus> ReadAsync(CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var book = await registers.ReadAsync(cancellationToken);
        var excluded = book.Entries(ControlFields.Register).Where(e => !e.IsDeleted && ControlDecision.Of(e.Id, e.Values).Applicable == false).Select(e => e.Id);
        return new AuditFocus([.. excluded], [.. AboveTheLine(book, organization)]);
    }

    private static IEnumerable<RiskInFocus> AboveTheLine(RegisterBook book, Organization organization) =>
        from risk in RiskRegister.RisksIn(book, organization)
        where risk.RemainingLevel is { } level && organization.RiskMethod.IsAboveTheLine(level)
        orderby risk.RemainingLevel descending, risk.Id
        select new RiskInFocus(risk.Id, risk.Title, risk.Department, risk.RemainingLevel!.Value, TitleOf(risk.Treatment), risk.Controls);

    private static LocalizedText? TitleOf(RiskTreatment? treatment) => treatment is null
        ? null
        : RegisterCatalogue.Find(RiskFields.Register)!.Find(RiskFields.Treatment)!.Choices
            .FirstOrDefault(c => string.Equals(c.Value, treatment.ToString(), StringComparison.OrdinalIgnoreCase))?.Title;
}
