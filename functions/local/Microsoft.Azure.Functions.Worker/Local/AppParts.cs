using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>What an app is put together from: the types that hold its functions, and the extensions' assemblies.</summary>
internal sealed record AppParts(IReadOnlyList<Type> Types, IReadOnlyList<Assembly> Extensions)
{
    private const string ExtensionFiles = "Microsoft.Azure.Functions.Worker.Extensions.*.dll";

    /// <summary>All types of an assembly, and every extension that lies beside the worker.</summary>
    public static AppParts Of(Assembly app)
    {
        var folder = Path.GetDirectoryName(typeof(AppParts).Assembly.Location)!;
        var extensions = Directory.EnumerateFiles(folder, ExtensionFiles)
            .Order(StringComparer.Ordinal)
            .Select(file => Assembly.Load(AssemblyName.GetAssemblyName(file)))
            .ToList();
        return new AppParts(app.GetTypes(), extensions);
    }
}
