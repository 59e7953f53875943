#nullable disable // as in the original, whose API carries no nullability annotations

namespace Azure.Data.Tables;

/// <summary>One step of a transaction.</summary>
public class TableTransactionAction
{
    /// <summary>Creates an action without a precondition.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    /// <summary>Creates an action.</summary>
    /// <param name="actionType">What to do.</param>
    /// <param name="entity">With which entity.</param>
    /// <param name="etag">The version the stored entity must have, for updates and deletes; default: any.</param>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    /// <summary>What to do.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>With which entity.</summary>
    public ITableEntity Entity { get; }

    /// <summary>The version the stored entity must have.</summary>
    public ETag ETag { get; }
}
