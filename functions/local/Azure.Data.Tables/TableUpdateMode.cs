namespace Azure.Data.Tables;

/// <summary>What an update does with properties that the given entity does not mention.</summary>
public enum TableUpdateMode
{
    /// <summary>It keeps them.</summary>
    Merge = 0,

    /// <summary>It removes them.</summary>
    Replace = 1,
}
