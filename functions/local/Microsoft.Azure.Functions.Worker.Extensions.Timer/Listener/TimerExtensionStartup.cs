using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Listener;

/// <summary>Puts timers into an app.</summary>
internal sealed class TimerExtensionStartup : WorkerExtensionStartup
{
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder)
    {
        applicationBuilder.Services
            .AddSingleton<ScheduleReader>()
            .AddSingleton<ScheduleStatusStore>()
            .AddSingleton<TimerListener>()
            .AddSingleton<ITriggerListener>(services => services.GetRequiredService<TimerListener>())
            .AddSingleton<IEndpointContributor, AdminFunctionEndpoints>();
    }
}
