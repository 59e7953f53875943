using Isms.Monitoring;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>Graph did not answer what was asked, after everything that patience can do.</summary>
/// <param name="reason">One of <see cref="GapReasons"/>.</param>
/// <param name="detail">What the service answered: status and error code, without personal data.</param>
public sealed class GraphException(string reason, string detail) : Exception($"{reason}: {detail}")
{
    /// <summary>One of <see cref="GapReasons"/>.</summary>
    public string Reason => reason;

    /// <summary>What the service answered.</summary>
    public string Detail => detail;

    /// <summary>Whether the request was refused as such (400, 404, 410): with a skip token, because that is no longer valid.</summary>
    public bool IsBadRequest { get; init; }

    /// <summary>Whether the answer was too much, or took too long: a smaller question may be answered.</summary>
    public bool IsTooMuch { get; init; }

    /// <summary>How long the service wants to be left alone, if it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
