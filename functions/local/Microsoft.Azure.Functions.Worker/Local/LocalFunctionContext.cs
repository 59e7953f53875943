using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>One invocation and its scope of services.</summary>
internal sealed class LocalFunctionContext : FunctionContext, IAsyncDisposable
{
    private readonly AsyncServiceScope scope;

    public LocalFunctionContext(IServiceScopeFactory scopes, InvocationBindings bindings, CancellationToken cancellationToken)
    {
        scope = scopes.CreateAsyncScope();
        InstanceServices = scope.ServiceProvider;
        FunctionDefinition = bindings.Function.Definition;
        BindingContext = new Binding(bindings.Data);
        CancellationToken = cancellationToken;
        Features.Set(bindings);
    }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext { get; } = new Trace(Activity.Current?.Id ?? string.Empty, Activity.Current?.TraceStateString ?? string.Empty);

    public override BindingContext BindingContext { get; }

    public override RetryContext RetryContext { get; } = new FirstAttempt();

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    public override CancellationToken CancellationToken { get; }

    public ValueTask DisposeAsync() => scope.DisposeAsync();

    private sealed class Binding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class Trace(string parent, string state) : TraceContext
    {
        public override string TraceParent => parent;

        public override string TraceState => state;
    }

    /// <summary>Retries of whole functions are not part of the stand-in.</summary>
    private sealed class FirstAttempt : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }
}
