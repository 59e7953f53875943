namespace Azure.Data.Tables.Entities;

/// <summary>Names that are the service's own.</summary>
internal static class EntityProperties
{
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";
    public const string Timestamp = "Timestamp";
    public const string ETag = "ETag";
    public const string ODataETag = "odata.etag";
    public const string ODataMetadata = "odata.metadata";
    public const string TypeAnnotation = "@odata.type";
}
