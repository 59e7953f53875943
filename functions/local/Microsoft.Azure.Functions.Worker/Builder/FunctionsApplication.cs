using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker.Local;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>The entry to making a Functions app.</summary>
public class FunctionsApplication
{
    /// <summary>Starts an app with the worker's defaults.</summary>
    /// <param name="args">The command line.</param>
    /// <remarks>The functions are those of the calling assembly, hence this method must not be inlined into it.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args, AppParts.Of(Assembly.GetCallingAssembly()));
}
