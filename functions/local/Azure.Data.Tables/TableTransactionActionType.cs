namespace Azure.Data.Tables;

/// <summary>What a <see cref="TableTransactionAction"/> does with its entity.</summary>
public enum TableTransactionActionType
{
    /// <summary>Adds it; fails if it exists.</summary>
    Add = 0,

    /// <summary>Merges it into the existing one; fails if there is none of the given version. Without a version it upserts.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces the existing one; fails if there is none of the given version. Without a version it upserts.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes it; fails if there is none.</summary>
    Delete = 3,

    /// <summary>Merges it into the existing one, or adds it.</summary>
    UpsertMerge = 4,

    /// <summary>Replaces the existing one, or adds it.</summary>
    UpsertReplace = 5,
}
