using Isms.Sealing;

namespace Isms.Packs;

/// <summary>How far a pack is.</summary>
public enum PackStatus
{
    /// <summary>It is being made.</summary>
    Preparing,

    /// <summary>It can be downloaded.</summary>
    Ready,

    /// <summary>Something it should hold is not as it was recorded.</summary>
    Failed,
}

/// <summary>A pack: what was asked for, the state of ledger and registers that it shows, and how far it is.</summary>
public sealed record Pack
{
    /// <summary>Its id; see <see cref="PackScope.IdAt"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Which evidence it holds.</summary>
    public required PackScope Scope { get; init; }

    /// <summary>How far it is.</summary>
    public PackStatus Status { get; init; }

    /// <summary>The person id of who asked for it first.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The signed head of the ledger that its proofs lead to. Its time is that of all members.</summary>
    public required SignedHead Head { get; init; }

    /// <summary>The moment whose registers it shows.</summary>
    public required DateTimeOffset RegistersAsOf { get; init; }

    /// <summary>Items planned so far.</summary>
    public int Items { get; init; }

    /// <summary>Parts of the plan written so far.</summary>
    public int Slices { get; init; }

    /// <summary>Members, once it is ready.</summary>
    public long Members { get; init; }

    /// <summary>The length of the zip file, once it is ready.</summary>
    public long Length { get; init; }

    /// <summary>When it was ready, or failed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What is not as it was recorded, where it failed.</summary>
    public IReadOnlyList<TamperFault> Faults { get; init; } = [];
}
