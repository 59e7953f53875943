using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>Reads entities from responses.</summary>
internal static class EntityReader
{
    public static T ReadOne<T>(Response response)
        where T : class, ITableEntity
    {
        var json = new Utf8JsonReader(response.Content.ToMemory().Span);
        json.Read();
        return Create<T>(ref json);
    }

    /// <summary>The entities of the response's <c>value</c> array.</summary>
    public static List<T> ReadMany<T>(Response response)
        where T : class, ITableEntity
    {
        var entities = new List<T>();
        var json = new Utf8JsonReader(response.Content.ToMemory().Span);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1 || !json.ValueTextEquals("value"u8))
                continue;
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                entities.Add(Create<T>(ref json));
        }
        return entities;
    }

    private static T Create<T>(ref Utf8JsonReader json)
        where T : class, ITableEntity
    {
        var raw = RawEntity.Read(ref json);
        var entity = Activator.CreateInstance<T>();
        if (entity is IDictionary<string, object?> dictionary)
            raw.CopyTo(dictionary);
        else
            EntityType.Of(typeof(T)).Write(entity, raw);
        return entity;
    }
}
