using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>An entity as it came: JSON literals, and the type annotations beside them.</summary>
internal sealed class RawEntity
{
    private readonly Dictionary<string, object?> values = [];
    private Dictionary<string, string>? types;

    public bool TryGetValue(string name, out object? value) => values.TryGetValue(name, out value);

    /// <summary>Reads one JSON object; the reader stands on its start, and afterwards on its end.</summary>
    public static RawEntity Read(ref Utf8JsonReader json)
    {
        var entity = new RawEntity();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (name.EndsWith(EntityProperties.TypeAnnotation, StringComparison.Ordinal))
                (entity.types ??= [])[name[..^EntityProperties.TypeAnnotation.Length]] = json.GetString()!;
            else
                entity.values[name] = Literal(ref json);
        }
        return entity;
    }

    /// <summary>The entity with every value in its .NET type.</summary>
    public void CopyTo(IDictionary<string, object?> target)
    {
        foreach (var (name, raw) in values)
        {
            if (name == EntityProperties.ODataMetadata)
                continue;
            var type = types?.GetValueOrDefault(name);
            // The service's own timestamp comes without an annotation.
            if (type is null && name == EntityProperties.Timestamp)
                type = "Edm.DateTime";
            target[name] = raw is null || type is null ? raw : EntityValue.FromEdm(type, raw);
        }
    }

    private static object? Literal(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String: return json.GetString();
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Number:
                if (json.TryGetInt32(out var small))
                    return small;
                return json.TryGetInt64(out var large) ? large : json.GetDouble();
            case JsonTokenType.Null: return null;
            default:
                // Entities are flat; nested metadata that a service may add is of no use here.
                json.Skip();
                return null;
        }
    }
}
