using Isms.Rules;

namespace Isms.Retention;

/// <summary>How far a disposal is.</summary>
public enum DisposalState
{
    /// <summary>It waits for the second person.</summary>
    Proposed,

    /// <summary>It was approved and is being carried out.</summary>
    Approved,

    /// <summary>It was turned down.</summary>
    Rejected,

    /// <summary>It is done.</summary>
    Done,
}

/// <summary>A disposal of evidence whose retention has ended. What was disposed of stays in the ledger, with its manifest; its files are gone.</summary>
public sealed record Disposal
{
    /// <summary>The most items of one disposal.</summary>
    public const int MostItems = 500;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public DisposalState State { get; init; }

    /// <summary>The items.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The person id of who proposed it.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>The person id of who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The evidence of the disposal, which names what was disposed of.</summary>
    public string? Record { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Approved by a second person.</summary>
    public Outcome<Disposal> Approve(string by, DateTimeOffset at) => Decide(DisposalState.Approved, by, at);

    /// <summary>Turned down; whoever proposed it may do that as well.</summary>
    public Outcome<Disposal> Reject(string by, DateTimeOffset at) => Decide(DisposalState.Rejected, by, at);

    private Outcome<Disposal> Decide(DisposalState decision, string by, DateTimeOffset at)
    {
        if (State != DisposalState.Proposed)
        {
            return Refusal.Of(RefusalKind.IllegalState, "disposal-decided", null, null, Id);
        }

        return decision == DisposalState.Approved && by == ProposedBy
            ? Refusal.Of(RefusalKind.RuleBroken, "disposal-by-one-person")
            : this with { State = decision, DecidedBy = by, DecidedAt = at };
    }
}
