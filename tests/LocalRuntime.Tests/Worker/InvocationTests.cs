using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Tests.Worker;

public sealed class InvocationTests
{

    public sealed class Log : List<string>;

    public sealed class Scoped(Log log) : IDisposable
    {
        public void Dispose() => log.Add("scope ended");
    }

    public sealed class Functions(Log log, Scoped scoped) : IDisposable
    {
        [Function("Parameters")]
        public static string Parameters(
            [TimerTrigger("0 0 3 * * *")] TimerInfo timer,
            FunctionContext context,
            string text,
            int number,
            long? maybe,
            bool flag,
            Guid id,
            DateTimeOffset at,
            string? missing,
            int other = 42,
            CancellationToken cancellationToken = default) =>
            $"{timer.IsPastDue} {context.FunctionDefinition.Name} {cancellationToken.CanBeCanceled} {text} {number} {maybe} {flag} {id:N} {at:O} {missing ?? "null"} {other}";

        [Function("Number")]
        public static int Number([TimerTrigger("0 0 3 * * *")] TimerInfo timer, int number) => number;

        [Function("Sync")]
        public string Sync([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => Said("sync");

        [Function("Void")]
        public void Void([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => Said("void");

        [Function("Task")]
        public async Task OfTask([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
            await Task.Yield();
            Said("task");
        }

        [Function("TaskOfT")]
        public async Task<string> TaskOfT([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
            await Task.Yield();
            return Said("task of string");
        }

        [Function("ValueTask")]
        public async ValueTask OfValueTask([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
            await Task.Yield();
            Said("value task");
        }

        [Function("ValueTaskOfT")]
        public async ValueTask<string> ValueTaskOfT([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
            await Task.Yield();
            return Said("value task of string");
        }

        [Function("Throws")]
        public void Throws([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => throw new FormatException("as it was thrown");

        public void Dispose() => log.Add("never called");

        private string Said(string what)
        {
            ArgumentNullException.ThrowIfNull(scoped);
            log.Add(what);
            return what;
        }
    }

    [Fact]
    public async Task Parameters_get_trigger_context_token_data_and_defaults()
    {
        using var host = Build();
        var data = new Dictionary<string, object?>
        {
            ["text"] = "12",
            ["number"] = "34",
            ["maybe"] = "56",
            ["flag"] = "true",
            ["id"] = "0b1c6a4e-53a4-4a3a-9a34-3a3f0c6e6f10",
            ["at"] = "2026-04-01T00:00:00+09:00",
        };

        var result = await InvokeAsync(host, "Parameters", data);

        Assert.Equal("True Parameters True 12 34 56 True 0b1c6a4e53a44a3a9a343a3f0c6e6f10 2026-04-01T00:00:00.0000000+09:00 null 42", result);
    }

    [Theory]
    [InlineData(null, "Could not populate the value for 'number'")]
    [InlineData("many", "Cannot convert input parameter 'number'")]
    public async Task A_parameter_without_a_usable_value_fails_the_invocation(string? number, string expected)
    {
        using var host = Build();

        var error = await Assert.ThrowsAsync<FunctionInputConverterException>(
            () => InvokeAsync(host, "Number", new Dictionary<string, object?> { ["number"] = number }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sync", "sync", "sync")]
    [InlineData("Void", "void", null)]
    [InlineData("Task", "task", null)]
    [InlineData("TaskOfT", "task of string", "task of string")]
    [InlineData("ValueTask", "value task", null)]
    [InlineData("ValueTaskOfT", "value task of string", "value task of string")]
    public async Task Functions_of_every_form_run_in_a_scope_that_ends_with_them(string name, string said, object? expected)
    {
        using var host = Build();

        var result = await InvokeAsync(host, name);

        Assert.Equal(expected, result);
        Assert.Equal([said, "scope ended"], host.Services.GetRequiredService<Log>());
    }

    [Fact]
    public async Task An_exception_passes_through_as_it_was_thrown()
    {
        using var host = Build();

        var error = await Assert.ThrowsAsync<FormatException>(() => InvokeAsync(host, "Throws"));

        Assert.Equal("as it was thrown", error.Message);
        Assert.Equal(["scope ended"], host.Services.GetRequiredService<Log>());
    }

    [Fact]
    public async Task Middleware_runs_from_the_first_added_to_the_last_and_back()
    {
        var seen = new List<string>();
        using var host = Build(builder =>
        {
            builder.UseMiddleware(async (_, next) =>
            {
                seen.Add("outer in");
                await next();
                seen.Add("outer out");
            });
            builder.UseWhen(context => context.FunctionDefinition.Name == "Sync", async (_, next) =>
            {
                seen.Add("inner in");
                await next();
                seen.Add("inner out");
            });
        });

        await InvokeAsync(host, "Sync");
        await InvokeAsync(host, "Void");

        Assert.Equal(["outer in", "inner in", "inner out", "outer out", "outer in", "outer out"], seen);
    }

    [Fact]
    public async Task Middleware_sees_an_exception_and_can_replace_it_by_a_result()
    {
        using var host = Build(builder => builder.UseMiddleware(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (FormatException exception)
            {
                context.GetInvocationResult().Value = exception.Message;
            }
        }));

        Assert.Equal("as it was thrown", await InvokeAsync(host, "Throws"));
    }

    [Fact]
    public async Task A_typed_result_is_given_for_its_own_type_only()
    {
        using var host = Build(builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            Assert.Throws<InvalidOperationException>(() => context.GetInvocationResult<Uri>());
            context.GetInvocationResult<string>().Value += ", replaced";
        }));

        Assert.Equal("sync, replaced", await InvokeAsync(host, "Sync"));
    }

    [Fact]
    public async Task Extensions_supply_the_parameters_they_know()
    {
        using var host = Build(builder => builder.Services.AddSingleton<IParameterBinder, NumberBinder>());

        Assert.Equal(99, await InvokeAsync(host, "Number", new Dictionary<string, object?> { ["number"] = "1" }));
    }

    private sealed class NumberBinder(IFunctionInvoker invoker) : IParameterBinder
    {
        public bool TryBind(System.Reflection.ParameterInfo parameter, FunctionContext context, out object? value)
        {
            Assert.NotNull(invoker);
            value = 99;
            return parameter.Name == "number";
        }
    }

    private static IHost Build(Action<IFunctionsWorkerApplicationBuilder>? configure = null)
    {
        var builder = TestApp.Builder(typeof(Functions));
        builder.Services.AddSingleton<Log>().AddScoped<Scoped>();
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static Task<object?> InvokeAsync(IHost host, string name, Dictionary<string, object?>? data = null)
    {
        var function = host.Services.GetRequiredService<IFunctionCatalog>().Functions.Single(candidate => candidate.Name == name);
        using var cancellation = new CancellationTokenSource();
        return host.Services.GetRequiredService<IFunctionInvoker>()
            .InvokeAsync(function, new TimerInfo { IsPastDue = true }, data ?? [], null, cancellation.Token);
    }
}
