using System.Globalization;

namespace Azure.Data.Tables.Entities;

/// <summary>Conversions from JSON literals to .NET types.</summary>
internal static class EntityValue
{
    /// <summary>The value of an annotated property.</summary>
    public static object FromEdm(string edmType, object raw) => edmType switch
    {
        "Edm.Int64" => To(typeof(long), raw, edmType),
        "Edm.Double" => To(typeof(double), raw, edmType),
        "Edm.DateTime" => To(typeof(DateTimeOffset), raw, edmType),
        "Edm.Guid" => To(typeof(Guid), raw, edmType),
        "Edm.Binary" => To(typeof(byte[]), raw, edmType),
        "Edm.String" or "Edm.Boolean" or "Edm.Int32" => raw,
        _ => throw new NotSupportedException($"Not supported type {edmType}"),
    };

    /// <summary>The value for a member of this type.</summary>
    /// <exception cref="NotSupportedException">Entities cannot hold that type.</exception>
    public static object To(Type memberType, object raw, string name)
    {
        var type = Nullable.GetUnderlyingType(memberType) ?? memberType;
        if (type.IsEnum)
            return Enum.Parse(type, (string)raw);
        return type switch
        {
            _ when type == typeof(string) => (string)raw,
            _ when type == typeof(bool) => (bool)raw,
            _ when type == typeof(int) => (int)raw,
            _ when type == typeof(long) => Convert.ToInt64(raw, CultureInfo.InvariantCulture),
            _ when type == typeof(ulong) => Convert.ToUInt64(raw, CultureInfo.InvariantCulture),
            _ when type == typeof(double) => Convert.ToDouble(raw, CultureInfo.InvariantCulture),
            _ when type == typeof(Guid) => Guid.Parse((string)raw),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.Parse((string)raw, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            _ when type == typeof(DateTime) => DateTime.Parse((string)raw, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            _ when type == typeof(byte[]) => Convert.FromBase64String((string)raw),
            _ when type == typeof(BinaryData) => BinaryData.FromBytes(Convert.FromBase64String((string)raw)),
            _ when type == typeof(ETag) => new ETag((string)raw),
            _ => throw new NotSupportedException($"Property '{name}' is of type {memberType}, which an entity cannot hold."),
        };
    }
}
