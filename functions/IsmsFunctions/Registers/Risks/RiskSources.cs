using System.Runtime.CompilerServices;
using System.Text.Json;
using Isms.Evidence;
using Isms.Risks;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Looks for what may be a risk: findings of reported audits, nonconformities, and the exceptions in collectors' evidence.</summary>
public sealed class RiskSources(
    AuditStore audits, ActionStore actions, IEvidenceStore evidence, RiskSuggestionStore suggestions, OrganizationStore organizations, TimeProvider clock)
{
    private const int PageSize = 200;
    private const int ReadAtOnce = 8;

    /// <summary>How far back the first look at a collector's evidence goes.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(35);

    /// <summary>Evidence that was recorded while the last look was under way is found by the next.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(2);

    /// <summary>The collectors whose exceptions are looked at, and the record that their evidence is.</summary>
    private static readonly (string Collector, string Record)[] Collectors = [("access-rights", "access-rights-sheet"), ("sign-ins", "sign-in-log")];

    /// <summary>Looks, and stores a suggestion for each source that has made none before.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> SuggestAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var method = (await organizations.GetAsync(cancellationToken)).RiskMethod;
        var known = await suggestions.ListAfterAsync(null, cancellationToken).Select(s => s.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var added = 0;
        await foreach (var source in AllAsync(now, cancellationToken))
        {
            if (known.Add(source.Key) && await suggestions.AddAsync(RiskSuggestions.Of(source, method), cancellationToken))
            {
                added++;
            }
        }

        foreach (var (collector, _) in Collectors)
        {
            await suggestions.SetWatermarkAsync(collector, now, cancellationToken);
        }

        return added;
    }

    private async IAsyncEnumerable<RiskSource> AllAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var audit in audits.ListAfterAsync(null, null, cancellationToken))
        {
            // Before the report is approved, a finding may still be corrected.
            foreach (var source in audit.Value.ReportApproval is null ? [] : RiskSource.Of(audit.Value))
            {
                yield return source;
            }
        }

        await foreach (var action in actions.ListAfterAsync(null, null, cancellationToken))
        {
            yield return RiskSource.Of(action.Value);
        }

        foreach (var (collector, record) in Collectors)
        {
            await foreach (var source in ExceptionsAsync(collector, record, now, cancellationToken))
            {
                yield return source;
            }
        }
    }

    private async IAsyncEnumerable<RiskSource> ExceptionsAsync(
        string collector, string record, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = (await suggestions.WatermarkAsync(collector, cancellationToken) - Overlap) ?? now - FirstLook;
        string? token = null;
        do
        {
            var page = await evidence.ListAsync(new EvidenceQuery(Record: record, From: from), PageSize, token, cancellationToken);
            foreach (var portion in page.Items.Chunk(ReadAtOnce))
            {
                var exceptions = await Task.WhenAll(portion.Select(item => ReadAsync(item, cancellationToken)));
                foreach (var source in portion.Zip(exceptions, (item, found) => RiskSource.OfExceptions(collector, item.FiscalYear, item.Id, found, item.CreatedAt)).SelectMany(s => s))
                {
                    yield return source;
                }
            }

            token = page.ContinuationToken;
        }
        while (token is not null);
    }

    private async Task<IReadOnlyDictionary<string, int>> ReadAsync(EvidenceManifest item, CancellationToken cancellationToken)
    {
        await using var stream = await evidence.OpenAsync(item, "summary.json", cancellationToken);
        return stream is null ? new Dictionary<string, int>() : (await JsonSerializer.DeserializeAsync<Summary>(stream, Json.Options, cancellationToken))?.Exceptions ?? new Dictionary<string, int>();
    }

    /// <summary>The part of a collector's summary that all of them have.</summary>
    private sealed record Summary(IReadOnlyDictionary<string, int>? Exceptions);
}
