namespace SampleTenant.OData;

/// <summary>A parsed <c>$filter</c>.</summary>
internal abstract record FilterNode
{
    public sealed record And(FilterNode Left, FilterNode Right) : FilterNode;

    public sealed record Or(FilterNode Left, FilterNode Right) : FilterNode;

    public sealed record Not(FilterNode Operand) : FilterNode;

    public sealed record Compare(FilterPath Path, string Operator, FilterLiteral Value) : FilterNode;

    public sealed record Text(string Function, FilterPath Path, string Value) : FilterNode;

    public sealed record In(FilterPath Path, IReadOnlyList<FilterLiteral> Values) : FilterNode;

    public sealed record Any(FilterPath Path, string Variable, FilterNode? Condition) : FilterNode;

    /// <summary>The conditions that all have to hold.</summary>
    public IEnumerable<FilterNode> Conjuncts() => this is And and ? and.Left.Conjuncts().Concat(and.Right.Conjuncts()) : [this];

    /// <summary>Every property path that the filter starts from in the row itself.</summary>
    public IEnumerable<FilterPath> Paths() => this switch
    {
        And node => node.Left.Paths().Concat(node.Right.Paths()),
        Or node => node.Left.Paths().Concat(node.Right.Paths()),
        Not node => node.Operand.Paths(),
        Compare node => [node.Path],
        Text node => [node.Path],
        In node => [node.Path],
        Any node => [node.Path],
        _ => [],
    };
}

/// <summary>A property path such as <c>status/errorCode</c>; <c>Segments</c> is empty for a lambda's variable itself.</summary>
internal sealed record FilterPath(IReadOnlyList<string> Segments);

/// <summary>A literal: exactly one of its values is set, none for null.</summary>
internal sealed record FilterLiteral(string? Text = null, double? Number = null, bool? Truth = null, DateTimeOffset? Time = null)
{
    public bool IsNull => Text is null && Number is null && Truth is null && Time is null;
}
