using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IsmsFunctions.Testing;

/// <summary>What the XML documentation of assemblies says, as plain text.</summary>
public sealed partial class DocumentationText(params Assembly[] assemblies)
{
    private readonly Dictionary<string, XElement> members = assemblies
        .SelectMany(a => XDocument.Load(Path.ChangeExtension(a.Location, ".xml")).Descendants("member"))
        .DistinctBy(m => m.Attribute("name")!.Value)
        .ToDictionary(m => m.Attribute("name")!.Value);

    /// <summary>The summary of a type.</summary>
    public string? SummaryOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return TextOf(members.GetValueOrDefault("T:" + NameOf(type))?.Element("summary"));
    }

    /// <summary>The summary of a method; of the first, where there are several of its name.</summary>
    public string? SummaryOf(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var name = $"M:{NameOf(method.DeclaringType!)}.{method.Name}";
        return TextOf(members.FirstOrDefault(m => m.Key == name || m.Key.StartsWith(name + "(", StringComparison.Ordinal)).Value?.Element("summary"));
    }

    /// <summary>The summary of a property, or what its type says of the parameter that it was made from.</summary>
    public string? SummaryOf(Type declaring, string property)
    {
        ArgumentNullException.ThrowIfNull(declaring);
        return TextOf(members.GetValueOrDefault($"P:{NameOf(declaring)}.{property}")?.Element("summary"))
            ?? TextOf(members.GetValueOrDefault("T:" + NameOf(declaring))?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property));
    }

    private static string? NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName?.Replace('+', '.');

    private static string? TextOf(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('(')[0].Split('.')[^1] ?? see.Value,
            XElement inner => inner.Value,
            _ => n.ToString(),
        }));
        return WhiteSpace().Replace(WebUtility.HtmlDecode(text), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
