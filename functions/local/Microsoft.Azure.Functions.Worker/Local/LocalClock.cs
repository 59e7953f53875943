using System.Globalization;
using LocalRuntime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Chooses the clock of the app: the system's, or one that can run ahead (<c>Local:Clock</c> = <c>virtual</c>).</summary>
internal static class LocalClock
{
    public static IServiceCollection AddLocalClock(this IServiceCollection services, IConfiguration settings)
    {
        var tracker = new WorkTracker();
        services.AddSingleton(tracker);
        switch (settings["Local:Clock"] ?? "system")
        {
            case "system":
                return services.AddSingleton(TimeProvider.System);
            case "virtual":
                var clock = CreateVirtual(settings, tracker);
                services.AddSingleton<IEndpointContributor, ClockEndpoints>();
                return services.AddSingleton(clock).AddSingleton<TimeProvider>(clock);
            case var other:
                throw new InvalidOperationException($"Local:Clock is '{other}'; it can be 'system' or 'virtual'.");
        }
    }

    private static VirtualTimeProvider CreateVirtual(IConfiguration settings, WorkTracker tracker)
    {
        var file = settings["Local:ClockFile"];
        var text = file is not null && File.Exists(file) ? File.ReadAllText(file) : settings["Local:ClockStart"];
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
        {
            throw new InvalidOperationException($"The virtual clock needs an instant to start at; Local:ClockStart (or the clock file) says '{text}'.");
        }

        var clock = new VirtualTimeProvider(start, tracker);
        if (file is not null)
        {
            clock.Moved = now => Save(file, now);
        }

        return clock;
    }

    /// <summary>Replaces the file in one step, so that a process killed at any moment leaves one instant or the other.</summary>
    private static void Save(string file, DateTimeOffset now)
    {
        var next = file + ".next";
        File.WriteAllText(next, now.ToString("O", CultureInfo.InvariantCulture));
        File.Move(next, file, overwrite: true);
    }
}
