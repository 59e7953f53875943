namespace Infra.Tests.Bicep;

/// <summary>A piece of a template. What a rule does not ask about is not kept apart.</summary>
internal abstract record Node(int Line)
{
    /// <summary>The nodes directly inside, in the order they are written.</summary>
    public abstract IEnumerable<Node> Inside { get; }
}

/// <summary>A number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed record LiteralNode(int Line, string Value) : Node(Line)
{
    public override IEnumerable<Node> Inside => [];
}

/// <summary>A string; between its literal parts stand the expressions.</summary>
internal sealed record TextNode(int Line, IReadOnlyList<string> Parts, IReadOnlyList<Node> Expressions) : Node(Line)
{
    public override IEnumerable<Node> Inside => Expressions;

    /// <summary>The string, when nothing has to be worked out.</summary>
    public string? Constant => Expressions.Count == 0 ? Parts[0] : null;
}

internal sealed record NameNode(int Line, string Name) : Node(Line)
{
    public override IEnumerable<Node> Inside => [];
}

/// <summary>A member (<c>.</c>, <c>.?</c>) or nested resource (<c>::</c>) of something.</summary>
internal sealed record MemberNode(int Line, Node Of, string Name) : Node(Line)
{
    public override IEnumerable<Node> Inside => [Of];
}

internal sealed record CallNode(int Line, string Function, Node? Of, IReadOnlyList<Node> Arguments) : Node(Line)
{
    public override IEnumerable<Node> Inside => Of is null ? Arguments : [Of, .. Arguments];
}

internal sealed record LambdaNode(int Line, IReadOnlyList<string> Parameters, Node Body) : Node(Line)
{
    public override IEnumerable<Node> Inside => [Body];
}

internal sealed record LoopNode(int Line, IReadOnlyList<string> Variables, Node Source, Node Body) : Node(Line)
{
    public override IEnumerable<Node> Inside => [Source, Body];
}

internal sealed record ObjectNode(int Line, IReadOnlyList<(Node Key, Node Value)> Properties, IReadOnlyList<Declaration> Resources) : Node(Line)
{
    public override IEnumerable<Node> Inside => [.. Properties.SelectMany(p => new[] { p.Key, p.Value }), .. Resources.Select(r => r.Value!)];

    /// <summary>The value under a name, or null.</summary>
    public Node? this[string name] => Properties.FirstOrDefault(p => p.Key is TextNode { Constant: { } key } && key == name).Value;

    /// <summary>The names of the properties that are written out.</summary>
    public IEnumerable<string> Names => Properties.Select(p => (p.Key as TextNode)?.Constant).OfType<string>();
}

/// <summary>An array, an index, an operator, a condition: something of parts.</summary>
internal sealed record PartsNode(int Line, string Kind, IReadOnlyList<Node> Parts) : Node(Line)
{
    public override IEnumerable<Node> Inside => Parts;
}

/// <summary>Something that a template declares.</summary>
/// <param name="Kind"><c>param</c>, <c>var</c>, <c>resource</c>, <c>module</c>, <c>output</c>, <c>import</c>, <c>metadata</c>, <c>targetScope</c> or <c>using</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type as written: of a parameter or output, <c>type@version</c> of a resource, the path of a module or import.</param>
/// <param name="Existing">Whether the resource is only referred to.</param>
/// <param name="Decorators">Its decorators.</param>
/// <param name="Value">Its value; null for a parameter that must be given.</param>
internal sealed record Declaration(int Line, string Kind, string Name, string Type, bool Existing, IReadOnlyList<CallNode> Decorators, Node? Value)
{
    public CallNode? Decorator(string name) => Decorators.FirstOrDefault(d => d.Function == name);

    /// <summary>The object that a resource or module is made of, without its loop or condition.</summary>
    public ObjectNode? Body => Unwrap(Value);

    private static ObjectNode? Unwrap(Node? node) => node switch
    {
        ObjectNode o => o,
        LoopNode l => Unwrap(l.Body),
        PartsNode { Kind: "if" } p => Unwrap(p.Parts[1]),
        _ => null,
    };
}
