using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>A kind of rows that a collector pulls: what is asked, and what the answer to another question it depends on.</summary>
/// <param name="Name">Its name in files, evidence and gaps.</param>
/// <param name="Collection">What is asked; with <see cref="Below"/>, {0} in the path stands for the parent.</param>
public sealed record RowKind(string Name, GraphCollection Collection)
{
    /// <summary>The kind below each of whose rows this one is asked for; its lines are then <c>{"parent":…,"row":…}</c> with the row as received.</summary>
    public string? Below { get; init; }

    /// <summary>What is asked when the richer question is not answered.</summary>
    public GraphCollection? Poorer { get; init; }

    /// <summary>What the answer to the poorer question lacks.</summary>
    public string? Richness { get; init; }

    /// <summary>The least application permissions that the question needs.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>The licence that the service answers with only, such as <c>Entra ID P1</c>; null for none.</summary>
    public string? Licence { get; init; }

    /// <summary>Whether only the worldwide cloud has it.</summary>
    public bool IsGlobalCloudOnly { get; init; }
}
