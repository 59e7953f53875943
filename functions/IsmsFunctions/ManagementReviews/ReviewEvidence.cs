using Isms.ManagementReviews;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.ManagementReviews;

/// <summary>Finds the evidence that an input of a review rests on.</summary>
public sealed class ReviewEvidence(IEvidenceStore evidence, OrganizationStore organizations)
{
    private const int PageSize = 200;

    /// <summary>Of a long series – monthly reports, corrective actions – the newest are enough to point at.</summary>
    private const int Newest = 10;

    /// <summary>The ids of the newest evidence of each record in the period.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(ReviewPeriod period, CancellationToken cancellationToken, params IEnumerable<string> records)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(records);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var (from, to) = (office.StartOf(period.From), office.StartOf(period.Until.AddDays(1)));
        var found = new List<string>();
        foreach (var record in records)
        {
            found.AddRange((await AllAsync(new EvidenceQuery(Record: record, From: from, To: to), cancellationToken)).TakeLast(Newest));
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> AllAsync(EvidenceQuery query, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        string? token = null;
        do
        {
            var page = await evidence.ListAsync(query, PageSize, token, cancellationToken);
            ids.AddRange(page.Items.Select(i => i.Id));
            token = page.ContinuationToken;
        }
        while (token is not null);
        return ids;
    }
}
