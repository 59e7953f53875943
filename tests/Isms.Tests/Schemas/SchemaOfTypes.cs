using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Isms.Tests.Schemas;

/// <summary>Makes the schema of a type as it is read from a settings file, with what its documentation says.</summary>
internal static partial class SchemaOfTypes
{
    private static readonly JsonSerializerOptions Read = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, XElement> Documentation = XDocument.Load(Path.ChangeExtension(typeof(Isms.Organizations.Organization).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    public static string Make(Type type, string title)
    {
        Read.MakeReadOnly(populateMissingResolver: true);
        var exporting = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (key, value) in Read.GetJsonSchemaAsNode(type, exporting).AsObject().ToList())
        {
            schema[key] = value?.DeepClone();
        }

        return schema.ToJsonString(Written) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node)
        {
            return schema;
        }

        if (SummaryOf(context) is { } summary)
        {
            node.Insert(0, "description", summary);
        }

        foreach (var attribute in context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(true) ?? [])
        {
            switch (attribute)
            {
                case RangeAttribute range:
                    node["minimum"] = (int)range.Minimum;
                    node["maximum"] = (int)range.Maximum;
                    break;
                case AllowedValuesAttribute allowed:
                    node["enum"] = new JsonArray([.. allowed.Values.Select(v => JsonValue.Create((string)v!))]);
                    break;
                default:
                    break;
            }
        }

        return node;
    }

    private static string? SummaryOf(JsonSchemaExporterContext context)
    {
        if (context.PropertyInfo is not { } property)
        {
            return TextOf(Documentation.GetValueOrDefault("T:" + context.TypeInfo.Type.FullName)?.Element("summary"));
        }

        var declaring = property.DeclaringType;
        var name = (property.AttributeProvider as MemberInfo)?.Name;
        return TextOf(Documentation.GetValueOrDefault($"P:{declaring.FullName}.{name}")?.Element("summary"))
            ?? TextOf(Documentation.GetValueOrDefault("T:" + declaring.FullName)?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name));
    }

    private static string? TextOf(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Value,
            XElement inner => inner.Value,
            _ => n.ToString(),
        }));
        return WhiteSpace().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
