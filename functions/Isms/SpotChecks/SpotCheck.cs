using System.Text.Json.Serialization;

namespace Isms.SpotChecks;

/// <summary>A spot-check of practice against documents (抜き打ち点検; clause 9.1): its state row, and the record of every decision on it.</summary>
public sealed record SpotCheck
{
    /// <summary>Its id, such as <c>spot-check-FY2026-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year in which it was made.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>The month it is about, such as <c>2026-04</c>.</summary>
    public required string Period { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person id of who asked for it, or <c>schedule</c>.</summary>
    public required string By { get; init; }

    /// <summary>What was held against the organisation's limits.</summary>
    public IReadOnlyList<SpotPoint> Points { get; init; } = [];

    /// <summary>The people whose accounts and rights somebody looks at; null where there is no snapshot to choose them from.</summary>
    public SpotSample? Sample { get; init; }

    /// <summary>Who closed it; null while it is open.</summary>
    public SpotClosing? Closing { get; init; }

    /// <summary>Exceptions that nobody has decided about.</summary>
    [JsonIgnore]
    public IEnumerable<SpotPoint> Undecided => Points.Where(p => p.Result == SpotResult.Exception && p.Decision is null);

    /// <summary>The point of this id, or null.</summary>
    public SpotPoint? FindPoint(string id) => Points.FirstOrDefault(p => p.Id == id);
}

/// <summary>How practice compares with a limit.</summary>
public enum SpotResult
{
    /// <summary>The evidence shows nothing beyond the limit.</summary>
    Conforming,

    /// <summary>Something is beyond it.</summary>
    Exception,

    /// <summary>Nothing beyond it was seen, but part of the evidence is missing.</summary>
    Incomplete,

    /// <summary>There is no evidence yet.</summary>
    NoEvidence,
}

/// <summary>A point of a spot-check.</summary>
/// <param name="Id">The check's id; <c>sample-…</c> for what was noticed about a person of the sample.</param>
/// <param name="Result">How practice compares.</param>
/// <param name="Counts">How many exceptions there are, by code.</param>
/// <param name="Sources">The evidence it rests on.</param>
/// <param name="Missing">Names of collectors of which there is no evidence, or an incomplete one.</param>
public sealed record SpotPoint(
    string Id, SpotResult Result, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<SpotSource> Sources, IReadOnlyList<string> Missing)
{
    /// <summary>What was noticed, where a person noticed it.</summary>
    public string? Fact { get; init; }

    /// <summary>What is done about it; null while nobody has decided, and where nothing is to be.</summary>
    public SpotDecision? Decision { get; init; }

    /// <summary>All exceptions.</summary>
    [JsonIgnore]
    public long Exceptions => Counts.Values.Sum();
}

/// <summary>Evidence that a point rests on.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="Evidence">The item.</param>
/// <param name="At">What moment it speaks of.</param>
public sealed record SpotSource(string Collector, string Evidence, DateTimeOffset At);

/// <summary>What is done about an exception.</summary>
public enum SpotDecisionKind
{
    /// <summary>Somebody mends it by a day.</summary>
    Task,

    /// <summary>It is a nonconformity, and its cause is looked for (clause 10.2).</summary>
    CorrectiveAction,

    /// <summary>It is lived with until a day, on which it comes back.</summary>
    AcceptedRisk,
}

/// <summary>A decision about an exception.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">The person id of who decided.</param>
/// <param name="At">When.</param>
/// <param name="Owner">The person id of who mends it.</param>
/// <param name="Due">By when.</param>
/// <param name="ExpiresOn">The last day on which the risk is accepted.</param>
/// <param name="Action">The corrective action.</param>
/// <param name="From">The earlier spot-check whose acceptance still holds.</param>
public sealed record SpotDecision(
    SpotDecisionKind Kind, string Reason, string By, DateTimeOffset At, string? Owner = null, DateOnly? Due = null, DateOnly? ExpiresOn = null, string? Action = null,
    string? From = null);

/// <summary>People chosen by chance that can be repeated.</summary>
/// <param name="Seed">The seed: made from the spot-check's id and period, so that nobody can choose who is looked at.</param>
/// <param name="Population">How many people there were to choose from.</param>
/// <param name="Evidence">The snapshot they were chosen from.</param>
/// <param name="People">Who was chosen.</param>
public sealed record SpotSample(string Seed, int Population, string Evidence, IReadOnlyList<SampledPerson> People);

/// <summary>A person of the sample.</summary>
/// <param name="Id">The account's object id.</param>
/// <param name="Name">The name.</param>
/// <param name="Account">The sign-in name.</param>
/// <param name="Department">The department as the directory writes it.</param>
/// <param name="Rights">The rights held, in words.</param>
public sealed record SampledPerson(string Id, string Name, string Account, string? Department, IReadOnlyList<string> Rights)
{
    /// <summary>What somebody found; null before.</summary>
    public SampleLook? Look { get; init; }
}

/// <summary>Somebody looked at a person's account and rights by hand.</summary>
/// <param name="Conforming">Whether they are as they should be.</param>
/// <param name="Note">What was found.</param>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
public sealed record SampleLook(bool Conforming, string Note, string By, DateTimeOffset At);

/// <summary>A spot-check is closed.</summary>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
/// <param name="Comment">A remark.</param>
public sealed record SpotClosing(string By, DateTimeOffset At, string? Comment = null);
