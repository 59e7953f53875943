#nullable disable // as in the original, whose API carries no nullability annotations

namespace Azure.Data.Tables;

/// <summary>What every entity has. A class that implements it maps its public properties onto the entity's.</summary>
public interface ITableEntity
{
    /// <summary>The first half of the key, and the scope of a transaction.</summary>
    string PartitionKey { get; set; }

    /// <summary>The second half of the key, unique within its partition.</summary>
    string RowKey { get; set; }

    /// <summary>When the service last changed the entity. Never sent.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version that was read. Never sent as a property; pass it as a precondition.</summary>
    ETag ETag { get; set; }
}
