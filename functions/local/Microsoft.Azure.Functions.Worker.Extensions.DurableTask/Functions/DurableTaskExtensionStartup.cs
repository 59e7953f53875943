using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

[assembly: WorkerExtensionStartup(typeof(DurableTaskExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask;

/// <summary>Puts orchestrations into an app.</summary>
public sealed class DurableTaskExtensionStartup : WorkerExtensionStartup
{
    /// <inheritdoc/>
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder)
    {
        ArgumentNullException.ThrowIfNull(applicationBuilder);
        var services = applicationBuilder.Services;
        services.AddOptions<DurableTaskClientOptions>()
            .PostConfigure<IOptions<WorkerOptions>>((options, worker) => options.DataConverter = ConverterOf(worker) ?? options.DataConverter);
        services.AddOptions<DurableTaskWorkerOptions>()
            .PostConfigure<IOptions<WorkerOptions>>((options, worker) => options.DataConverter = ConverterOf(worker) ?? options.DataConverter);
        services
            .AddSingleton<ClientOfHub>()
            .AddSingleton<FunctionTaskRunner>()
            .AddSingleton<DurableHost>()
            .AddSingleton<ITriggerListener>(provider => provider.GetRequiredService<DurableHost>())
            .AddSingleton<IParameterBinder, DurableParameterBinder>();
        applicationBuilder.UseMiddleware<OrchestrationMiddleware>();
    }

    // Payloads are written by the worker's serializer, like everything else in a Functions app.
    private static SerializerDataConverter? ConverterOf(IOptions<WorkerOptions> worker)
        => worker.Value.Serializer is { } serializer ? new SerializerDataConverter(serializer) : null;
}
