using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>A function described by reflection, in the terms the original's build step writes to functions.metadata.</summary>
internal sealed class LocalFunctionDefinition : FunctionDefinition
{
    private const string BindingAttributeProperty = "bindingAttribute";
    private const string HttpTrigger = "httpTrigger";
    private const string ReturnBinding = "$return";

    public LocalFunctionDefinition(string name, MethodInfo method)
    {
        Name = name;
        EntryPoint = $"{method.DeclaringType!.FullName}.{method.Name}";
        PathToAssembly = method.DeclaringType.Assembly.Location;
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{EntryPoint}")).AsSpan(0, 8));
        Parameters = [.. method.GetParameters().Select(Describe)];
        InputBindings = method.GetParameters()
            .Where(parameter => BindingOf(parameter) is not null)
            .ToImmutableDictionary(
                parameter => parameter.Name!,
                BindingMetadata (parameter) => new LocalBinding(parameter.Name!, TypeNameOf(BindingOf(parameter)!), BindingDirection.In));
        OutputBindings = InputBindings.Values.Any(binding => binding.Type == HttpTrigger)
            ? ImmutableDictionary<string, BindingMetadata>.Empty.Add(ReturnBinding, new LocalBinding(ReturnBinding, "http", BindingDirection.Out))
            : ImmutableDictionary<string, BindingMetadata>.Empty;
    }

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override string PathToAssembly { get; }

    public override string EntryPoint { get; }

    public override string Id { get; }

    public override string Name { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }

    private static BindingAttribute? BindingOf(ParameterInfo parameter) => parameter.GetCustomAttribute<BindingAttribute>();

    private static FunctionParameter Describe(ParameterInfo parameter)
    {
        var properties = BindingOf(parameter) is { } binding
            ? ImmutableDictionary<string, object>.Empty.Add(BindingAttributeProperty, binding)
            : ImmutableDictionary<string, object>.Empty;
        return new FunctionParameter(parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue, parameter.DefaultValue, properties);
    }

    /// <summary>HttpTriggerAttribute is called httpTrigger, DurableClientAttribute durableClient, and so on.</summary>
    private static string TypeNameOf(BindingAttribute binding)
    {
        var name = binding.GetType().Name;
        return JsonNamingPolicy.CamelCase.ConvertName(
            name.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? name[..^nameof(Attribute).Length] : name);
    }

    private sealed class LocalBinding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => direction;
    }
}
