using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IsmsFunctions.Hosting;
using IsmsFunctions.Testing;
using Microsoft.CodeAnalysis;

namespace IsmsFunctions.Tests.OpenApi;

/// <summary>The schemas of the documents: one component for each of the app's types, which others refer to.</summary>
internal sealed class SchemaBook
{
    private static readonly JsonSerializerOptions Written = CreateOptions();

    private readonly DocumentationText documentation = new(typeof(Json).Assembly, typeof(Isms.Organizations.Organization).Assembly);
    private readonly SortedDictionary<string, JsonNode> components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> names = [];

    /// <summary>The components that have been referred to so far.</summary>
    public JsonObject Components() => new(components.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Key, c.Value.DeepClone())));

    /// <summary>The schema of a type that the sources name.</summary>
    public JsonNode Of(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { IsAnonymousType: true } anonymous)
        {
            var properties = anonymous.GetMembers().OfType<IPropertySymbol>().Select(p => KeyValuePair.Create<string, JsonNode?>(JsonNamingPolicy.CamelCase.ConvertName(p.Name), Of(p.Type)));
            return new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(properties) };
        }

        if (ElementOf(type) is { } element)
        {
            return new JsonObject { ["type"] = "array", ["items"] = Of(element) };
        }

        return TypeOf(type) is { } found ? Of(found) : throw new InvalidOperationException($"No type of the app is called {type.ToDisplayString()}.");
    }

    /// <summary>The schema of a type: a reference where it is one of the app's documents.</summary>
    public JsonNode Of(Type type) => IsOwn(type) ? Refer(type) : Export(type, null);

    private JsonObject Refer(Type type)
    {
        var name = NameOf(type);
        if (!components.ContainsKey(name))
        {
            if (!names.TryAdd(name, type) && names[name] != type)
            {
                throw new InvalidOperationException($"{type} and {names[name]} would both be called {name}.");
            }

            components[name] = new JsonObject();
            components[name] = Export(type, name);
        }
        else if (names[name] != type)
        {
            throw new InvalidOperationException($"{type} and {names[name]} would both be called {name}.");
        }

        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }

    private JsonNode Export(Type type, string? component)
    {
        var node = Written.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });
        Relocate(node, component);
        return node;
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var described = context.PropertyInfo is { } property
            ? documentation.SummaryOf(property.DeclaringType, (property.AttributeProvider as System.Reflection.MemberInfo)?.Name ?? "")
            : null;
        if (!context.Path.IsEmpty && IsOwn(type))
        {
            var reference = Refer(type);
            if (described is not null)
            {
                reference["description"] = described;
            }

            return reference;
        }

        // A converter of ours writes a text; the exporter cannot know.
        var node = schema as JsonObject ?? new JsonObject();
        if (node.Count == 0 && context.TypeInfo.Kind == JsonTypeInfoKind.None && type != typeof(object) && type != typeof(JsonElement)
            && !typeof(JsonNode).IsAssignableFrom(type))
        {
            node["type"] = "string";
        }

        LetNullsBeLeftOut(node, context.TypeInfo);
        if ((described ?? (context.Path.IsEmpty ? documentation.SummaryOf(type) : null)) is { } text && !node.ContainsKey("description"))
        {
            node.Insert(0, "description", text);
        }

        return node;
    }

    /// <summary>Null members are not written: what may be null need not be there, whether its type stands here or is referred to.</summary>
    private static void LetNullsBeLeftOut(JsonObject node, JsonTypeInfo type)
    {
        if (node["required"] is not JsonArray required)
        {
            return;
        }

        foreach (var name in type.Properties.Where(p => p.IsGetNullable).Select(p => p.Name))
        {
            required.Where(n => (string)n! == name).ToList().ForEach(n => required.Remove(n));
        }

        if (required.Count == 0)
        {
            node.Remove("required");
        }
    }

    /// <summary>A type within itself is referred to from its own root; that is in a component now.</summary>
    private static void Relocate(JsonNode? node, string? component)
    {
        if (node is JsonObject document)
        {
            if (document["$ref"] is JsonValue value && (string)value! is var path && !path.StartsWith("#/components/", StringComparison.Ordinal))
            {
                document["$ref"] = $"#/components/schemas/{component}{path[1..]}";
            }

            document.ToList().ForEach(p => Relocate(p.Value, component));
        }
        else if (node is JsonArray array)
        {
            array.ToList().ForEach(n => Relocate(n, component));
        }
    }

    private static bool IsOwn(Type type) =>
        type.Namespace?.StartsWith("Isms", StringComparison.Ordinal) == true && !type.IsEnum
        && Written.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object;

    private static string NameOf(Type type) => type.IsGenericType
        ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(NameOf))
        : (type.DeclaringType is { } outer ? NameOf(outer) : "") + type.Name;

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        { SpecialType: SpecialType.System_String } => null,
        INamedTypeSymbol named when named.Name.Contains("Dictionary", StringComparison.Ordinal) => null,
        INamedTypeSymbol named => named.AllInterfaces.Append(named)
            .FirstOrDefault(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
        _ => null,
    };

    private static Type? TypeOf(ITypeSymbol symbol)
    {
        if (symbol is not INamedTypeSymbol named)
        {
            return null;
        }

        var definition = named.OriginalDefinition;
        var outer = definition.ContainingType is { } containing ? MetadataNameOf(containing) + "+" : definition.ContainingNamespace.ToDisplayString() + ".";
        var found = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(outer + definition.MetadataName)).FirstOrDefault(t => t is not null);
        return !named.IsGenericType ? found
            : named.TypeArguments.Select(TypeOf).ToArray() is var arguments && arguments.All(a => a is not null) ? found?.MakeGenericType(arguments!)
            : null;
    }

    private static string MetadataNameOf(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? MetadataNameOf(outer) + "+" + type.MetadataName : type.ContainingNamespace.ToDisplayString() + "." + type.MetadataName;

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(Json.Strict) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, RespectNullableAnnotations = true };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
