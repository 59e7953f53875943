using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables.Entities;

/// <summary>
/// How a class maps onto entities: its public properties and fields by their names, <see cref="DataMemberAttribute"/> renaming
/// and <see cref="IgnoreDataMemberAttribute"/> leaving out, and the members of <see cref="ITableEntity"/> even where they are
/// implemented explicitly.
/// </summary>
internal sealed class EntityType
{
    private static readonly ConcurrentDictionary<Type, EntityType> Known = new();

    private readonly EntityMember[] members;

    private EntityType(Type type) =>
        members = [.. Members(type).Concat(Members(typeof(ITableEntity))).DistinctBy(member => member.Name)];

    public static EntityType Of(Type type) => Known.GetOrAdd(type, static type => new EntityType(type));

    public IEnumerable<KeyValuePair<string, object?>> Read(object entity)
    {
        foreach (var member in members)
        {
            // An ETag is a precondition, not a property.
            if (member.CanRead && member.Name != EntityProperties.ETag)
                yield return new(member.Name, member.Get(entity));
        }
    }

    public void Write(object entity, RawEntity values)
    {
        foreach (var member in members)
        {
            if (!member.CanWrite)
                continue;
            var name = member.Name == EntityProperties.ETag ? EntityProperties.ODataETag : member.Name;
            if (values.TryGetValue(name, out var raw))
                member.Set(entity, raw is null ? null : EntityValue.To(member.Type, raw, member.Name));
        }
    }

    private static IEnumerable<EntityMember> Members(Type type)
    {
        foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.IsDefined(typeof(IgnoreDataMemberAttribute)))
                continue;
            var name = member.GetCustomAttribute<DataMemberAttribute>()?.Name ?? member.Name;
            if (member is PropertyInfo property && property.GetIndexParameters().Length == 0)
                yield return new EntityMember(name, property);
            else if (member is FieldInfo field)
                yield return new EntityMember(name, field);
        }
    }
}
