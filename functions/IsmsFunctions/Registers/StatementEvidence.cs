using Isms.Organizations;
using Isms.Registers;
using Isms.Year;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Registers;

/// <summary>Looks up what shows the controls of the statement of applicability.</summary>
public sealed class StatementEvidence(IEvidenceStore evidence, TimeProvider clock)
{
    private const int PageSize = 500;

    /// <summary>The newest evidence of this fiscal year and the one before: what is older shows nothing about a control that is reviewed every year.</summary>
    public async Task<NewestEvidence> ReadAsync(Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var year = FiscalYear.Of(OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow()), organization.FiscalYearStartMonth);
        var newest = new NewestEvidence();
        foreach (var id in new[] { year.Previous.Id, year.Id })
        {
            string? token = null;
            do
            {
                var page = await evidence.ListAsync(new EvidenceQuery(FiscalYear: id), PageSize, token, cancellationToken);
                foreach (var item in page.Items)
                {
                    newest.Add(item);
                }

                token = page.ContinuationToken;
            }
            while (token is not null);
        }

        return newest;
    }
}
