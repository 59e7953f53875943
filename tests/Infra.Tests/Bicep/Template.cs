namespace Infra.Tests.Bicep;

/// <summary>A template or parameter file, with the templates it names.</summary>
internal sealed class Template(string name, IReadOnlyList<Declaration> declarations, Func<string, Template?> neighbour)
{
    public string Name { get; } = name;

    public IReadOnlyList<Declaration> Declarations { get; } = declarations;

    public bool IsParameters => Declarations.Any(d => d.Kind == "using");

    /// <summary>The template under a path relative to this one, or null.</summary>
    public Template? Neighbour(string path) => neighbour(path);

    public IEnumerable<Declaration> Of(params string[] kinds) => Declarations.Where(d => kinds.Contains(d.Kind));

    /// <summary>All resources, those inside others included.</summary>
    public IEnumerable<Declaration> Resources => Of("resource").SelectMany(WithNested);

    /// <summary>Every node of the template.</summary>
    public IEnumerable<Node> Nodes => Declarations.SelectMany(d => d.Decorators.Cast<Node>().Append(d.Value!)).Where(n => n is not null).SelectMany(All);

    /// <summary>Reads a template from the files of a folder.</summary>
    public static Template Load(string root, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return new Template(path, Parser.Read(File.ReadAllText(Path.Combine(root, path))), relative =>
        {
            var other = Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, folder, relative)));
            return File.Exists(Path.Combine(root, other)) ? Load(root, other) : null;
        });
    }

    /// <summary>Reads a template from its source; the others are given by path.</summary>
    public static Template Parse(string source, params (string Path, string Source)[] others) =>
        new("main.bicep", Parser.Read(source), path => others.Where(o => o.Path == path).Select(o => Parse(o.Source, others)).FirstOrDefault());

    public static IEnumerable<Node> All(Node node) => node.Inside.SelectMany(All).Prepend(node);

    private static IEnumerable<Declaration> WithNested(Declaration resource) => (resource.Body?.Resources ?? []).SelectMany(WithNested).Prepend(resource);
}
