using Isms.Evidence;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>What is asked of Graph.</summary>
/// <param name="Version"><c>v1.0</c> or <c>beta</c>.</param>
/// <param name="PathAndQuery">The path with its query, without version.</param>
/// <param name="Scope">The budget it counts against.</param>
public sealed record GraphCollection(string Version, string PathAndQuery, PacingScope Scope)
{
    /// <summary>The path with version and query, as it stands in evidence.</summary>
    public string Query => $"/{Version}{PathAndQuery}";

    /// <summary>Whether it is asked of the beta endpoint.</summary>
    public bool IsBeta => Version == "beta";

    /// <summary>Whether the answer is one object, as a tenant's only policy of a kind is: it becomes the only row.</summary>
    public bool IsSingle { get; init; }

    /// <summary>How it is cut where the service cannot answer it in one; null where it has no time.</summary>
    public TimeSlices? Times { get; init; }
}

/// <summary>How the question about a log is cut into questions about parts of its time.</summary>
/// <param name="Whole">The time that is asked for.</param>
/// <param name="Of">The question about a part of it.</param>
public sealed record TimeSlices(Period Whole, Func<Period, GraphCollection> Of);

/// <summary>How pulling a collection went.</summary>
public sealed record PullReport
{
    /// <summary>The query.</summary>
    public required string Query { get; init; }

    /// <summary>The <c>request-id</c> of each page.</summary>
    public IReadOnlyList<string> RequestIds { get; init; } = [];

    /// <summary>Pages read.</summary>
    public int Pages { get; init; }

    /// <summary>Requests sent, those that were refused or failed included.</summary>
    public int Requests { get; init; }

    /// <summary>Where it goes on; null after the last page, and before the first.</summary>
    public Uri? Next { get; init; }

    /// <summary>Of a log: the time that has not been read to its end, in the order it is read in; null where the question is not cut.</summary>
    public IReadOnlyList<Period>? Open { get; init; }

    /// <summary>Of a log, while it is pulled: slices that were given up; they are open again when it ends.</summary>
    public IReadOnlyList<Period> GivenUp { get; init; } = [];

    /// <summary>When the first page was asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last page had been read.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>What is missing; null when every page was read to its end.</summary>
    public GraphException? Failure { get; init; }
}
