using Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Listener;

/// <summary>Holds the timer functions of the app; they are armed in the order of their names, so that a rehearsal is the same each time.</summary>
internal sealed class TimerListener(IFunctionCatalog catalog, ScheduleReader schedules, IConfiguration settings, IServiceProvider services) : ITriggerListener
{
    private readonly List<TimerFunction> timers = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in catalog.Functions)
        {
            if (function.Trigger is TimerTriggerAttribute trigger)
            {
                timers.Add(Create(function, trigger));
            }
        }

        foreach (var timer in timers.Where(timer => !DisabledFunctions.Contains(settings, timer.Name)))
        {
            await timer.StartAsync(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(timers.Select(timer => timer.StopAsync(cancellationToken)));
        timers.Clear();
    }

    public TimerFunction? Find(string name) => timers.Find(timer => string.Equals(timer.Name, name, StringComparison.OrdinalIgnoreCase));

    private TimerFunction Create(LocalFunction function, TimerTriggerAttribute trigger)
    {
        if (!function.TriggerParameter.ParameterType.IsAssignableFrom(typeof(TimerInfo)))
        {
            throw new InvalidOperationException(
                $"The timer trigger parameter of the function '{function.Name}' is a {function.TriggerParameter.ParameterType.Name}; it must be a TimerInfo.");
        }

        return ActivatorUtilities.CreateInstance<TimerFunction>(services, function, trigger, schedules.Read(function.Name, trigger.Schedule));
    }
}
