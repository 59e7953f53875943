using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isms.Registers;

/// <summary>The registers there are: definitions as data, embedded from <c>Definitions/*.register.json</c>.</summary>
public static class RegisterCatalogue
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The definitions, by name. A broken one stops the app here, with its reason.</summary>
    public static IReadOnlyList<RegisterDefinition> All { get; } = Load();

    private static readonly FrozenDictionary<string, RegisterDefinition> ByName = All.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The definition of this name, or null.</summary>
    public static RegisterDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A definition with an organisation's own fields appended, printed last.</summary>
    public static RegisterDefinition WithOwnFields(RegisterDefinition definition, IReadOnlyList<FieldDefinition> fields)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(fields);
        return fields.Count == 0 ? definition : definition with
        {
            Fields = [.. definition.Fields, .. fields],
            Layout = definition.Layout with { Columns = [.. definition.Layout.Columns, .. fields.Where(f => f.IsPrinted).Select(f => f.Name)] },
        };
    }

    /// <summary>Reads a definition.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static RegisterDefinition Parse(Stream json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<RegisterDefinition>(json, Strict) ?? throw new InvalidDataException($"{source} holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{source}: {e.Message}", e);
        }
    }

    private static RegisterDefinition[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var definitions = new List<RegisterDefinition>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".register.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            definitions.Add(Parse(stream, name));
        }

        if (DefinitionRules.FirstBrokenRule(definitions) is { } broken)
        {
            throw new InvalidDataException(broken);
        }

        return [.. definitions];
    }
}
