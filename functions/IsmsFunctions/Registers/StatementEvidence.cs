using Isms.Organizations;
using Isms.Registers;
using Isms.Year;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Registers;

/// <summary>
/// Looks up what shows the controls of the statement of applicability. What was gathered is kept: evidence never changes, and a list only grows at its end, so that the
/// next look reads no more than what has come since. Each day begins anew.
/// </summary>
public sealed class StatementEvidence(IEvidenceStore evidence, TimeProvider clock) : IDisposable
{
    private const int PageSize = 500;

    /// <summary>An item takes its place in the list when its recording begins, and stands there when it ends: what is younger than this may still get neighbours.</summary>
    private static readonly TimeSpan LongestRecording = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim turn = new(1, 1);
    private Gathered? known;

    /// <summary>The newest evidence of this fiscal year and the one before: what is older shows nothing about a control that is reviewed every year.</summary>
    public async Task<NewestEvidence> ReadAsync(Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var now = clock.GetUtcNow();
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        var year = FiscalYear.Of(today, organization.FiscalYearStartMonth);
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (known is null || known.Day != today || known.Year != year.Id)
            {
                known = new Gathered(today, year.Id);
            }

            var newest = new NewestEvidence(known.Newest);
            foreach (var id in new[] { year.Previous.Id, year.Id })
            {
                await GatherAsync(id, known, newest, now - LongestRecording, cancellationToken);
            }

            return newest;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>Reads a year's list from where it is settled up to, and settles what is old enough.</summary>
    private async Task GatherAsync(string year, Gathered settled, NewestEvidence newest, DateTimeOffset old, CancellationToken cancellationToken)
    {
        var (token, isSettled) = (settled.After.GetValueOrDefault(year), true);
        do
        {
            var page = await evidence.ListAsync(new EvidenceQuery(FiscalYear: year), PageSize, token, cancellationToken);
            isSettled = isSettled && page.ContinuationToken is not null && page.Items[^1].CreatedAt < old;
            foreach (var item in page.Items)
            {
                newest.Add(item);
                if (isSettled)
                {
                    settled.Newest.Add(item);
                }
            }

            token = page.ContinuationToken;
            if (isSettled)
            {
                settled.After[year] = token!;
            }
        }
        while (token is not null);
    }

    /// <summary>What will not change any more.</summary>
    private sealed record Gathered(DateOnly Day, string Year)
    {
        public NewestEvidence Newest { get; } = new();

        /// <summary>Up to where each year's list is gathered.</summary>
        public Dictionary<string, string> After { get; } = new(StringComparer.Ordinal);
    }
}
