using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Finds the functions of an app.</summary>
internal sealed class FunctionCatalog(IReadOnlyList<LocalFunction> functions) : IFunctionCatalog
{
    private const BindingFlags PublicMethods = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public IReadOnlyList<LocalFunction> Functions => functions;

    public static FunctionCatalog Discover(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(PublicMethods))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Function is not null)
            .Select(found => Describe(found.Function!.Name, found.Method))
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .ToList();
        var twice = functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new FunctionCatalog(functions)
            : throw new InvalidOperationException(
                $"The function name '{twice.Key}' is used more than once: {string.Join(", ", twice.Select(function => function.Definition.EntryPoint))}.");
    }

    private static LocalFunction Describe(string name, MethodInfo method)
    {
        var triggers = method.GetParameters()
            .Select(parameter => (Parameter: parameter, Trigger: parameter.GetCustomAttribute<TriggerBindingAttribute>()))
            .Where(found => found.Trigger is not null)
            .ToList();
        if (triggers.Count != 1)
        {
            throw new InvalidOperationException($"The function '{name}' must have one trigger; it has {triggers.Count}.");
        }

        var (parameter, trigger) = triggers[0];
        return new LocalFunction(name, method, parameter, trigger!, new LocalFunctionDefinition(name, method));
    }
}
