using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Year;

/// <summary>Finds the evidence that a plan item's records are satisfied by.</summary>
public sealed class RequiredEvidence(IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    private const int PageSize = 200;

    /// <summary>Of a long series – a collector's daily sheets – the newest are enough to point at.</summary>
    private const int Newest = 10;

    /// <summary>The evidence there is for each required record, in the order of the item's records.</summary>
    public async Task<IReadOnlyList<FiledRecord>> FindAsync(PlanItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var found = new List<FiledRecord>();
        foreach (var record in item.Records)
        {
            found.Add(await FindAsync(item, record.Key, record.From, cancellationToken));
        }

        return found;
    }

    /// <summary>The evidence there is of records that are shown along with the item.</summary>
    public async Task<IReadOnlyList<FiledRecord>> FindSupportingAsync(PlanItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var found = new List<FiledRecord>();
        foreach (var record in item.Supporting)
        {
            found.Add(await FindAsync(item, record, RecordOrigin.Window, cancellationToken));
        }

        return found;
    }

    private async Task<FiledRecord> FindAsync(PlanItem item, string record, RecordOrigin origin, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var subjects = item.CarriedFrom is { } earlier ? new[] { earlier.Item, item.InstanceId } : [item.InstanceId];
        foreach (var subject in subjects)
        {
            ids.AddRange(await ListAsync(new EvidenceQuery(Subject: subject, Record: record), cancellationToken));
        }

        ids.AddRange(origin switch
        {
            RecordOrigin.Window => await InWindowAsync(item, record, cancellationToken),
            RecordOrigin.Year => await ListAsync(new EvidenceQuery(FiscalYear: item.FiscalYear, Record: record), cancellationToken),
            _ => [],
        });
        return new FiledRecord(record, [.. ids.Distinct().TakeLast(Newest)]);
    }

    private async Task<IReadOnlyList<string>> InWindowAsync(PlanItem item, string record, CancellationToken cancellationToken)
    {
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var window = new EvidenceQuery(Record: record, From: office.StartOf(item.OpensOn), To: clock.GetUtcNow());
        return await ListAsync(window, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> ListAsync(EvidenceQuery query, CancellationToken cancellationToken)
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
