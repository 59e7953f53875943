using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local;

namespace LocalRuntime.Tests.Worker;

public sealed class DiscoveryTests
{
    public sealed class Functions
    {
        [Function("Zeta")]
        public static IResult Zeta([HttpTrigger("get", Route = "zeta/{id}")] HttpRequest request, string id, int count = 3) => Results.Ok();

        [Function("alpha")]
        public Task Alpha([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => Task.CompletedTask;

        [Function("Beta")]
        public void Beta([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
        }

        public void NotAFunction([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
        }

        [Function("Hidden")]
        internal void Hidden([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
        }
    }

    [Fact]
    public void Public_methods_with_the_attribute_are_the_functions_in_ordinal_order()
    {
        var catalog = FunctionCatalog.Discover([typeof(Functions)]);

        Assert.Equal(["Beta", "Zeta", "alpha"], catalog.Functions.Select(function => function.Name));
    }

    [Fact]
    public void A_definition_describes_parameters_and_bindings()
    {
        var definition = FunctionCatalog.Discover([typeof(Functions)]).Functions.Single(function => function.Name == "Zeta").Definition;

        Assert.Equal("LocalRuntime.Tests.Worker.DiscoveryTests+Functions.Zeta", definition.EntryPoint);
        Assert.Equal(typeof(Functions).Assembly.Location, definition.PathToAssembly);
        Assert.Equal(["request", "id", "count"], definition.Parameters.Select(parameter => parameter.Name));
        Assert.IsType<HttpTriggerAttribute>(definition.Parameters[0].Properties["bindingAttribute"]);
        Assert.True(definition.Parameters[2].HasDefaultValue);
        Assert.Equal(3, definition.Parameters[2].DefaultValue);
        Assert.Equal(("request", "httpTrigger", BindingDirection.In), Facts(definition.InputBindings.Values.Single()));
        Assert.Equal(("$return", "http", BindingDirection.Out), Facts(definition.OutputBindings.Values.Single()));
    }

    [Fact]
    public void The_id_of_a_function_is_the_same_each_time()
    {
        var first = FunctionCatalog.Discover([typeof(Functions)]).Functions.Select(function => function.Definition.Id).ToList();
        var second = FunctionCatalog.Discover([typeof(Functions)]).Functions.Select(function => function.Definition.Id).ToList();

        Assert.Equal(first, second);
        Assert.Equal(3, first.Distinct().Count());
    }

    [Theory]
    [InlineData(typeof(TwoOfAName), "'same'")]
    [InlineData(typeof(NoTrigger), "'NoTrigger'")]
    [InlineData(typeof(TwoTriggers), "'TwoTriggers'")]
    public void What_cannot_be_a_function_is_refused_by_name(Type functions, string name)
    {
        var error = Assert.Throws<InvalidOperationException>(() => FunctionCatalog.Discover([functions]));

        Assert.Contains(name, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    public static class TwoOfAName
    {
        [Function("Same")]
        public static void First([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
        }

        [Function("same")]
        public static void Second([TimerTrigger("0 0 3 * * *")] TimerInfo timer)
        {
        }
    }

    public static class NoTrigger
    {
        [Function("NoTrigger")]
        public static void Run(TimerInfo timer)
        {
        }
    }

    public static class TwoTriggers
    {
        [Function("TwoTriggers")]
        public static void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer, [HttpTrigger] HttpRequest request)
        {
        }
    }

    private static (string Name, string Type, BindingDirection Direction) Facts(BindingMetadata binding) =>
        (binding.Name, binding.Type, binding.Direction);
}
