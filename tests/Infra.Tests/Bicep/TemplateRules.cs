using System.Text.RegularExpressions;

namespace Infra.Tests.Bicep;

/// <summary>Something wrong in a template.</summary>
internal sealed record Fault(string Rule, string Template, int Line, string Message)
{
    public override string ToString() => $"{Template}({Line}): {Rule}: {Message}";
}

/// <summary>What a compiler would find, and some of what only a deployment would.</summary>
internal static partial class TemplateRules
{
    /// <summary>The functions of Bicep that the templates may call (https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions).</summary>
    private static readonly HashSet<string> Functions =
    [
        "array", "bool", "cidrSubnet", "concat", "contains", "empty", "endsWith", "environment", "filter", "first", "format", "guid", "indexOf", "int", "items", "join", "json", "last", "length",
        "loadJsonContent", "loadTextContent", "map", "max", "min", "objectKeys", "padLeft", "range", "readEnvironmentVariable", "replace", "resourceGroup", "skip", "split", "startsWith",
        "string", "subscription", "subscriptionResourceId", "substring", "take", "tenant", "toLower", "toObject", "toUpper", "trim", "union", "uniqueString", "utcNow",
    ];

    private static readonly HashSet<string> Decorators = ["allowed", "description", "export", "maxLength", "maxValue", "metadata", "minLength", "minValue", "secure"];

    public static IEnumerable<Fault> Check(Template template) =>
        template.IsParameters
            ? [.. ParametersFit(template)]
            : [.. NamesAreDeclared(template), .. NothingIsUnused(template), .. AllIsDescribed(template), .. RolesAreKnown(template), .. ModulesFit(template),
                .. VersionsExist(template), .. ParentsFit(template), .. DefaultsAreAllowed(template), .. NothingGoesInCircles(template), .. NoSecretIsWrittenOut(template)];

    private static IEnumerable<Fault> NamesAreDeclared(Template template)
    {
        var declared = Symbols(template);
        foreach (var twice in declared.GroupBy(d => d).Where(g => g.Count() > 1))
            yield return new("declared twice", template.Name, 1, twice.Key);
        foreach (var name in FreeNames(template).Where(n => !declared.Contains(n.Name)))
            yield return new("unknown name", template.Name, name.Line, name.Name);
        foreach (var call in template.Nodes.OfType<CallNode>().Where(c => c.Of is null && !Functions.Contains(c.Function) && !Decorators.Contains(c.Function)))
            yield return new("unknown function", template.Name, call.Line, call.Function);
    }

    private static IEnumerable<NameNode> FreeNames(Template template) =>
        template.Declarations.Where(d => d.Value is not null && d.Kind != "import").SelectMany(d => Scope.FreeNames(d.Value!));

    private static IEnumerable<Fault> NothingIsUnused(Template template)
    {
        var used = FreeNames(template).Select(n => n.Name).ToHashSet();
        foreach (var unused in template.Of("param", "var").Where(d => !used.Contains(d.Name) && d.Decorator("export") is null))
            yield return new("unused", template.Name, unused.Line, $"{unused.Kind} {unused.Name}");
        foreach (var unused in template.Of("resource").Where(d => d.Existing && !used.Contains(d.Name)))
            yield return new("unused", template.Name, unused.Line, $"existing {unused.Name}");
        foreach (var unused in template.Of("import").SelectMany(d => d.Value!.Inside.OfType<NameNode>()).Where(n => !used.Contains(n.Name)))
            yield return new("unused", template.Name, unused.Line, $"import {unused.Name}");
    }

    private static IEnumerable<Fault> AllIsDescribed(Template template)
    {
        if (!template.Of("metadata").Any(d => d.Name == "description"))
            yield return new("not described", template.Name, 1, "the template");
        foreach (var bare in template.Declarations.Where(d => d.Kind is "param" or "output" || d.Decorator("export") is not null))
        {
            if (bare.Decorator("description") is not { Arguments: [TextNode { Constant.Length: > 5 }] })
                yield return new("not described", template.Name, bare.Line, bare.Name);
        }
    }

    private static IEnumerable<Fault> RolesAreKnown(Template template)
    {
        foreach (var declaration in template.Of("var"))
        {
            foreach (var (key, value) in (declaration.Value as ObjectNode)?.Properties ?? [])
            {
                if (value is TextNode { Constant: { } id } && Guid.TryParse(id, out _) && key is TextNode { Constant: { } role } && KnownFacts.Roles.GetValueOrDefault(role) != id)
                    yield return new("wrong role id", template.Name, value.Line, $"{role} {id}");
            }
        }

        foreach (var assignment in template.Resources.Where(r => r.Type.StartsWith("Microsoft.Authorization/roleAssignments@", StringComparison.Ordinal)))
        {
            var id = (assignment.Body?["properties"] as ObjectNode)?["roleDefinitionId"];
            if (id is not CallNode { Function: "subscriptionResourceId", Arguments: [TextNode { Constant: "Microsoft.Authorization/roleDefinitions" }, MemberNode or NameNode] })
                yield return new("wrong role id", template.Name, assignment.Line, "a role is named by its definition in the subscription, from the table of roles");
            if (assignment.Body?["name"] is not CallNode { Function: "guid", Arguments.Count: 3 })
                yield return new("wrong role id", template.Name, assignment.Line, "an assignment's name is a guid of scope, principal and role, so that the next deployment finds it");
        }
    }

    private static IEnumerable<Fault> ModulesFit(Template template)
    {
        foreach (var import in template.Of("import"))
        {
            var exported = template.Neighbour(import.Type)?.Declarations.Where(d => d.Decorator("export") is not null).Select(d => d.Name).ToList();
            foreach (var name in import.Value!.Inside.OfType<NameNode>().Where(n => exported?.Contains(n.Name) != true))
                yield return new("unknown import", template.Name, name.Line, $"{name.Name} from {import.Type}");
        }

        foreach (var module in template.Of("module"))
        {
            if (template.Neighbour(module.Type) is not { } other)
            {
                yield return new("unknown module", template.Name, module.Line, module.Type);
                continue;
            }

            var given = (module.Body?["params"] as ObjectNode)?.Names.ToList() ?? [];
            foreach (var fault in Fit(given, other, template.Name, module.Line))
                yield return fault;
            var outputs = other.Of("output").Select(o => o.Name).ToList();
            foreach (var use in template.Nodes.OfType<MemberNode>().Where(m => m.Of is MemberNode { Name: "outputs", Of: NameNode { Name: var name } } && name == module.Name))
            {
                if (!outputs.Contains(use.Name))
                    yield return new("unknown output", template.Name, use.Line, $"{module.Name}.{use.Name}");
            }
        }
    }

    private static IEnumerable<Fault> ParametersFit(Template template)
    {
        var (target, line) = template.Of("using").Select(u => (template.Neighbour(u.Name), u.Line)).Single();
        if (target is null)
            return [new("unknown module", template.Name, line, "using")];
        var given = template.Of("param").ToList();
        return
        [
            .. Fit([.. given.Select(p => p.Name)], target, template.Name, line),
            .. from p in given
               let allowed = Allowed(target.Of("param").FirstOrDefault(d => d.Name == p.Name))
               where allowed is not null && Word(p.Value) is { } value && !allowed.Contains(value)
               select new Fault("not allowed", template.Name, p.Line, $"{p.Name} = {Word(p.Value)}"),
        ];
    }

    private static IEnumerable<Fault> Fit(List<string> given, Template other, string name, int line)
    {
        var parameters = other.Of("param").ToList();
        foreach (var unknown in given.Except(parameters.Select(p => p.Name)))
            yield return new("unknown parameter", name, line, $"{unknown} of {other.Name}");
        foreach (var missing in parameters.Where(p => p.Value is null).Select(p => p.Name).Except(given))
            yield return new("missing parameter", name, line, $"{missing} of {other.Name}");
    }

    private static IEnumerable<Fault> VersionsExist(Template template)
    {
        foreach (var resource in template.Of("resource"))
        {
            if (resource.Type.Split('@') is not [var type, var version] || !KnownFacts.ApiVersions.Contains((type, version)))
                yield return new("unknown API version", template.Name, resource.Line, resource.Type);
        }
    }

    private static IEnumerable<Fault> ParentsFit(Template template)
    {
        foreach (var resource in template.Of("resource").Where(r => r.Body?["parent"] is not null))
        {
            var parent = Scope.FreeNames(resource.Body!["parent"]!).FirstOrDefault()?.Name;
            var type = template.Of("resource").FirstOrDefault(r => r.Name == parent)?.Type.Split('@')[0];
            if (type is null || resource.Type.Split('@')[0] is var own && own[..own.LastIndexOf('/')] != type)
                yield return new("wrong parent", template.Name, resource.Line, $"{resource.Name} below {parent}");
        }
    }

    private static IEnumerable<Fault> DefaultsAreAllowed(Template template) =>
        from p in template.Of("param")
        let allowed = Allowed(p)
        where allowed is not null && Word(p.Value) is { } value && !allowed.Contains(value)
        select new Fault("not allowed", template.Name, p.Line, $"{p.Name} = {Word(p.Value)}");

    private static List<string>? Allowed(Declaration? parameter) =>
        parameter?.Decorator("allowed") is { Arguments: [PartsNode { Kind: "array" } values] } ? [.. values.Parts.Select(Word).OfType<string>()] : null;

    private static string? Word(Node? node) => node switch { TextNode text => text.Constant, LiteralNode literal => literal.Value, _ => null };

    private static IEnumerable<Fault> NothingGoesInCircles(Template template)
    {
        var uses = template.Declarations.Where(d => d.Kind is "var" or "resource" or "module").DistinctBy(d => d.Name)
            .ToDictionary(d => d.Name, d => Scope.FreeNames(d.Value!).Select(n => n.Name).Distinct().ToList());
        return from start in uses.Keys where Reaches(start, start, uses, []) select new Fault("circle", template.Name, 1, start);
    }

    private static bool Reaches(string from, string target, Dictionary<string, List<string>> uses, HashSet<string> seen) =>
        uses.GetValueOrDefault(from) is { } next && next.Any(n => n == target || (seen.Add(n) && Reaches(n, target, uses, seen)));

    private static IEnumerable<Fault> NoSecretIsWrittenOut(Template template)
    {
        foreach (var text in template.Nodes.OfType<TextNode>().Where(t => t.Constant is { } value && SecretLike().IsMatch(value)))
            yield return new("a secret", template.Name, text.Line, "a key or token is written out");
        foreach (var output in template.Of("output").Where(o => Template.All(o.Value!).OfType<CallNode>().Any(c => c.Function.StartsWith("list", StringComparison.Ordinal))))
            yield return new("a secret", template.Name, output.Line, $"output {output.Name}");
    }

    private static List<string> Symbols(Template template) =>
    [
        .. template.Declarations.Where(d => d.Kind is "param" or "var" or "resource" or "module").Select(d => d.Name),
        .. template.Of("import").SelectMany(d => d.Value!.Inside.OfType<NameNode>()).Select(n => n.Name),
    ];

    [GeneratedRegex("AccountKey=|SharedAccessSignature|sig=|-----BEGIN|[A-Za-z0-9+/]{60,}={1,2}")]
    private static partial Regex SecretLike();
}
