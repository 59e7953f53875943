namespace Infra.Tests.Bicep;

/// <summary>Which names a node uses that nothing in it declares.</summary>
internal static class Scope
{
    /// <summary>The free names below a node.</summary>
    public static IEnumerable<NameNode> FreeNames(Node node) => Names(node, []);

    private static IEnumerable<NameNode> Names(Node node, IReadOnlyList<string> local) => node switch
    {
        NameNode name => local.Contains(name.Name) ? [] : [name],
        LambdaNode lambda => Names(lambda.Body, [.. local, .. lambda.Parameters]),
        LoopNode loop => Names(loop.Source, local).Concat(Names(loop.Body, [.. local, .. loop.Variables])),
        _ => node.Inside.SelectMany(inside => Names(inside, local)),
    };
}
