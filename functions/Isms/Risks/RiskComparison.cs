namespace Isms.Risks;

/// <summary>What became of the risks between two points in time, such as from one year's assessment to the next (clause 8.2).</summary>
/// <param name="New">Risks that were not there before.</param>
/// <param name="Closed">Risks that are no longer there.</param>
/// <param name="Risen">Risks that remain at a higher level than before.</param>
/// <param name="Fallen">Risks that remain at a lower level than before.</param>
/// <param name="Unchanged">How many remain at the same level.</param>
/// <param name="Departments">The same by department, ordered by id; an empty id stands for risks without one.</param>
public sealed record RiskComparison(
    IReadOnlyList<RiskMovement> New,
    IReadOnlyList<RiskMovement> Closed,
    IReadOnlyList<RiskMovement> Risen,
    IReadOnlyList<RiskMovement> Fallen,
    int Unchanged,
    IReadOnlyList<DepartmentComparison> Departments)
{
    /// <summary>Compares two states of the register. A risk that was assessed only since counts as unchanged: it neither rose nor fell.</summary>
    public static RiskComparison Of(RiskMethod method, IReadOnlyCollection<Risk> before, IReadOnlyCollection<Risk> after)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var earlier = before.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var later = after.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var moves = earlier.Keys.Union(later.Keys).Order(StringComparer.Ordinal)
            .Select(id => RiskMovement.Of(earlier.GetValueOrDefault(id), later.GetValueOrDefault(id)))
            .ToArray();
        return new RiskComparison(
            Of(moves, RiskMove.New),
            Of(moves, RiskMove.Closed),
            Of(moves, RiskMove.Risen),
            Of(moves, RiskMove.Fallen),
            moves.Count(m => m.Move == RiskMove.Unchanged),
            [.. moves.GroupBy(m => m.Department, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => DepartmentOf(method, g.Key, [.. g]))]);
    }

    private static RiskMovement[] Of(RiskMovement[] moves, RiskMove move) => [.. moves.Where(m => m.Move == move)];

    private static DepartmentComparison DepartmentOf(RiskMethod method, string department, RiskMovement[] moves)
    {
        return new DepartmentComparison(
            department,
            moves.Count(m => m.Move != RiskMove.New),
            moves.Count(m => m.Move != RiskMove.Closed),
            moves.Count(m => m.From is { } level && method.IsAboveTheLine(level)),
            moves.Count(m => m.To is { } level && method.IsAboveTheLine(level)),
            Count(RiskMove.New),
            Count(RiskMove.Closed),
            Count(RiskMove.Risen),
            Count(RiskMove.Fallen));

        int Count(RiskMove move) => moves.Count(m => m.Move == move);
    }
}

/// <summary>What became of a risk.</summary>
public enum RiskMove
{
    /// <summary>It remains at the same level.</summary>
    Unchanged,

    /// <summary>It was not there before.</summary>
    New,

    /// <summary>It is no longer there.</summary>
    Closed,

    /// <summary>It remains at a higher level.</summary>
    Risen,

    /// <summary>It remains at a lower level.</summary>
    Fallen,
}

/// <summary>A risk at two points in time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is called (last).</param>
/// <param name="Department">Its department (last).</param>
/// <param name="Move">What became of it.</param>
/// <param name="From">The level that remained then; null if it was not there or not assessed.</param>
/// <param name="To">The level that remains now.</param>
public sealed record RiskMovement(string Id, string Title, string Department, RiskMove Move, int? From, int? To)
{
    internal static RiskMovement Of(Risk? before, Risk? after)
    {
        var last = after ?? before!;
        var (from, to) = (before?.RemainingLevel, after?.RemainingLevel);
        var move = before is null ? RiskMove.New
            : after is null ? RiskMove.Closed
            : to > from ? RiskMove.Risen
            : to < from ? RiskMove.Fallen
            : RiskMove.Unchanged;
        return new RiskMovement(last.Id, last.Title, last.Department, move, from, to);
    }
}

/// <summary>A department's risks at two points in time.</summary>
/// <param name="Department">Its id.</param>
/// <param name="Before">How many it had.</param>
/// <param name="After">How many it has.</param>
/// <param name="AboveBefore">How many remained above the line.</param>
/// <param name="AboveAfter">How many remain above the line.</param>
/// <param name="New">How many are new.</param>
/// <param name="Closed">How many are no longer there.</param>
/// <param name="Risen">How many rose.</param>
/// <param name="Fallen">How many fell.</param>
public sealed record DepartmentComparison(
    string Department, int Before, int After, int AboveBefore, int AboveAfter, int New, int Closed, int Risen, int Fallen);
