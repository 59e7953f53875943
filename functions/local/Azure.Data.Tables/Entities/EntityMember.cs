using System.Reflection;

namespace Azure.Data.Tables.Entities;

/// <summary>One mapped member of a class.</summary>
internal sealed class EntityMember
{
    private readonly Func<object, object?> get;
    private readonly Action<object, object?> set;

    public EntityMember(string name, PropertyInfo property)
    {
        (Name, Type) = (name, property.PropertyType);
        (CanRead, CanWrite) = (property.GetMethod?.IsPublic == true, property.SetMethod?.IsPublic == true);
        (get, set) = (property.GetValue, property.SetValue);
    }

    public EntityMember(string name, FieldInfo field)
    {
        (Name, Type) = (name, field.FieldType);
        (CanRead, CanWrite) = (true, !field.IsInitOnly);
        (get, set) = (field.GetValue, field.SetValue);
    }

    public string Name { get; }

    public Type Type { get; }

    public bool CanRead { get; }

    public bool CanWrite { get; }

    public object? Get(object entity) => get(entity);

    /// <summary>Null sets the type's default.</summary>
    public void Set(object entity, object? value) => set(entity, value);
}
