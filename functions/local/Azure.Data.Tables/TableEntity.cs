#nullable disable // as in the original, whose API carries no nullability annotations

using System.Collections;
using Azure.Data.Tables.Entities;

namespace Azure.Data.Tables;

/// <summary>An entity as a dictionary of its properties, keys, timestamp and ETag included.</summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object> properties;

    /// <summary>An entity without keys.</summary>
    public TableEntity() => properties = [];

    /// <summary>An entity with these keys.</summary>
    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>An entity with these properties, of which <c>PartitionKey</c> and <c>RowKey</c> are the keys.</summary>
    public TableEntity(IDictionary<string, object> values) => properties = values is null ? [] : new(values);

    /// <inheritdoc />
    public string PartitionKey
    {
        get => GetString(EntityProperties.PartitionKey);
        set => properties[EntityProperties.PartitionKey] = value;
    }

    /// <inheritdoc />
    public string RowKey
    {
        get => GetString(EntityProperties.RowKey);
        set => properties[EntityProperties.RowKey] = value;
    }

    /// <inheritdoc />
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(EntityProperties.Timestamp);
        set => properties[EntityProperties.Timestamp] = value;
    }

    /// <inheritdoc />
    public ETag ETag
    {
        get => new(GetString(EntityProperties.ODataETag));
        set => properties[EntityProperties.ODataETag] = value.ToString();
    }

    /// <summary>The number of properties.</summary>
    public int Count => properties.Count;

    /// <summary>The properties' names.</summary>
    public ICollection<string> Keys => properties.Keys;

    ICollection<object> IDictionary<string, object>.Values => properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>A property; null if there is none. An <see cref="int"/> set over a long or double takes that type.</summary>
    public object this[string key]
    {
        get => Get(key);
        set => Set(key, value);
    }

    /// <summary>A text property, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public string GetString(string key) => Get<string>(key);

    /// <summary>A binary property, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public byte[] GetBinary(string key) => Get<byte[]>(key);

    /// <summary>A binary property, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public BinaryData GetBinaryData(string key) => Get(key) is byte[] bytes ? new BinaryData(bytes) : Get<BinaryData>(key);

    /// <summary>A Boolean property, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public bool? GetBoolean(string key) => Get<bool?>(key);

    /// <summary>A point in time in UTC, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public DateTime? GetDateTime(string key) => Get(key) is DateTimeOffset moment ? moment.UtcDateTime : Get<DateTime?>(key);

    /// <summary>A point in time, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public DateTimeOffset? GetDateTimeOffset(string key) => Get(key) is DateTime moment ? new DateTimeOffset(moment) : Get<DateTimeOffset?>(key);

    /// <summary>A double, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public double? GetDouble(string key) => Get<double?>(key);

    /// <summary>A GUID, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public Guid? GetGuid(string key) => Get<Guid?>(key);

    /// <summary>A 32-bit integer, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public int? GetInt32(string key) => Get<int?>(key);

    /// <summary>A 64-bit integer, or null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public long? GetInt64(string key) => Get<long?>(key);

    /// <summary>Sets a property, whether or not it exists.</summary>
    public void Add(string key, object value) => Set(key, value);

    /// <inheritdoc />
    public bool ContainsKey(string key) => properties.ContainsKey(key);

    /// <inheritdoc />
    public bool Remove(string key) => properties.Remove(key);

    /// <inheritdoc />
    public bool TryGetValue(string key, out object value) => properties.TryGetValue(key, out value);

    /// <summary>Removes all properties, the keys included.</summary>
    public void Clear() => properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Set(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)properties).Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)properties).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => properties.GetEnumerator();

    internal Dictionary<string, object> Properties => properties;

    private object Get(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return properties.GetValueOrDefault(key);
    }

    private T Get<T>(string key) => Get(key) switch
    {
        null => default,
        T value => value,
        var other => throw new InvalidOperationException($"Cannot return {typeof(T)} type for a {other.GetType()} typed property."),
    };

    private void Set(string key, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        properties[key] = (properties.GetValueOrDefault(key), value) switch
        {
            (double, int number) => (double)number,
            (long, int number) => (long)number,
            (string, DateTime or DateTimeOffset) => value.ToString(),
            _ => value,
        };
    }
}
