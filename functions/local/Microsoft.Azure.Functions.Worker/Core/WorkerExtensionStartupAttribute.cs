namespace Microsoft.Azure.Functions.Worker.Core;

/// <summary>Names the <see cref="WorkerExtensionStartup"/> of an extension's assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly, Inherited = false, AllowMultiple = true)]
public class WorkerExtensionStartupAttribute : Attribute
{
    /// <summary>Names the type.</summary>
    /// <param name="startupType">The type; not null.</param>
    public WorkerExtensionStartupAttribute(Type startupType)
    {
        ArgumentNullException.ThrowIfNull(startupType);
        StartupType = startupType;
    }

    /// <summary>The type.</summary>
    public Type StartupType { get; }
}
