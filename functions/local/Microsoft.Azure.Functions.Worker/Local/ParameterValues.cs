using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Gives every parameter of a function its value, or says which could not get one.</summary>
internal sealed class ParameterValues(IOptions<WorkerOptions> options)
{
    public async ValueTask<object?[]> BindAsync(InvocationBindings bindings, FunctionContext context)
    {
        var parameters = bindings.Function.Method.GetParameters();
        var values = new object?[parameters.Length];
        var errors = new List<string>();
        for (var i = 0; i < parameters.Length; i++)
        {
            try
            {
                values[i] = await ValueOf(parameters[i], bindings, context);
            }
            catch (FormatException exception)
            {
                errors.Add(exception.Message);
            }
        }

        return errors.Count == 0
            ? values
            : throw new FunctionInputConverterException(
                $"Error converting {errors.Count} input parameters for Function '{bindings.Function.Name}': {string.Join(Environment.NewLine, errors)}");
    }

    private async ValueTask<object?> ValueOf(ParameterInfo parameter, InvocationBindings bindings, FunctionContext context)
    {
        // Before the trigger: an activity without input may take the context as its trigger parameter.
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return context;
        }

        if (parameter.Position == bindings.Function.TriggerParameter.Position)
        {
            return bindings.TriggerValue;
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return context.CancellationToken;
        }

        // Asked for here and not at the start: what a binder gives out (a client) may itself lead back to the invoker.
        foreach (var binder in context.InstanceServices.GetServices<IParameterBinder>())
        {
            if (binder.TryBind(parameter, context, out var bound))
            {
                return bound is Task<object?> later ? await later : bound;
            }
        }

        return bindings.Data.TryGetValue(parameter.Name!, out var source) && source is not null
            ? Converted(source, parameter)
            : Missing(parameter);
    }

    private object? Converted(object source, ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type.IsInstanceOfType(source))
        {
            return source;
        }

        var text = Convert.ToString(source, CultureInfo.InvariantCulture) ?? string.Empty;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(Guid) && Guid.TryParse(text, out var guid))
        {
            return guid;
        }

        if (type == typeof(DateTimeOffset) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant))
        {
            return instant;
        }

        if (type == typeof(DateTime) && DateTime.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        return FromJson(text, parameter);
    }

    /// <summary>As in the original, what no other converter takes is read as JSON: numbers, booleans, objects.</summary>
    private object? FromJson(string text, ParameterInfo parameter)
    {
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            return options.Value.Serializer!.Deserialize(stream, parameter.ParameterType, CancellationToken.None);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or NotSupportedException)
        {
            throw new FormatException($"Cannot convert input parameter '{parameter.Name}' to type '{parameter.ParameterType.FullName}'.", exception);
        }
    }

    private static object? Missing(ParameterInfo parameter)
    {
        if (parameter.HasDefaultValue)
        {
            return parameter.DefaultValue;
        }

        return !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            ? null
            : throw new FormatException(
                $"Could not populate the value for '{parameter.Name}' parameter. Consider adding a default value or making the parameter nullable.");
    }
}
