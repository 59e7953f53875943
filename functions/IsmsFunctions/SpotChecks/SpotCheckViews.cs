using Isms.Organizations;
using Isms.SpotChecks;
using Isms.Text;

namespace IsmsFunctions.SpotChecks;

/// <summary>A spot-check as lists show it.</summary>
public record SpotCheckSummary(
    string Id, string FiscalYear, string Period, DateTimeOffset At, string By, bool Closed, int Conforming, int Exceptions, int Undecided, int WithoutFullEvidence, int ToLookAt)
{
    /// <summary>The summary of a spot-check.</summary>
    public static SpotCheckSummary Of(SpotCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        int Count(params ReadOnlySpan<SpotResult> results)
        {
            var wanted = results.ToArray();
            return check.Points.Count(p => wanted.Contains(p.Result));
        }

        return new SpotCheckSummary(
            check.Id, check.FiscalYear, check.Period, check.At, check.By, check.Closing is not null, Count(SpotResult.Conforming), Count(SpotResult.Exception), check.Undecided.Count(),
            Count(SpotResult.Incomplete, SpotResult.NoEvidence), check.Sample?.People.Count(p => p.Look is null) ?? 0);
    }
}

/// <summary>Everything about a spot-check.</summary>
public sealed record SpotCheckDetails : SpotCheckSummary
{
    private SpotCheckDetails(SpotCheckSummary summary)
        : base(summary)
    {
    }

    public required IReadOnlyList<SpotPointView> Points { get; init; }

    public SpotSample? Sample { get; init; }

    public SpotClosing? Closing { get; init; }

    /// <summary>The details of a spot-check.</summary>
    public static SpotCheckDetails Details(SpotCheck check, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(organization);
        return new SpotCheckDetails(Of(check))
        {
            Points =
            [
                .. check.Points.Select(p => new SpotPointView(
                    p.Id, SpotCatalogue.NameOf(p, check), SpotCatalogue.LimitOf(p.Id, organization.Policy), p.Result, Texts.Get("spot-check.result." + p.Result), p.Fact,
                    [.. p.Counts.Select(c => new SpotCountView(c.Key, SpotPapers.NameOf(c.Key), c.Value))], p.Sources, p.Missing, p.Decision)),
            ],
            Sample = check.Sample,
            Closing = check.Closing,
        };
    }
}

/// <summary>A point of a spot-check.</summary>
public sealed record SpotPointView(
    string Id,
    LocalizedText Name,
    LocalizedText Limit,
    SpotResult Result,
    LocalizedText ResultName,
    string? Fact,
    IReadOnlyList<SpotCountView> Exceptions,
    IReadOnlyList<SpotSource> Sources,
    IReadOnlyList<string> Missing,
    SpotDecision? Decision);

/// <summary>How many exceptions of a kind there are.</summary>
public sealed record SpotCountView(string Code, LocalizedText Name, long Count);
