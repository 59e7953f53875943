using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Objectives;
using IsmsFunctions.Year;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Training;

/// <summary>Registers training.</summary>
public static class TrainingServices
{
    /// <summary>Adds training campaigns to the app.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<TrainingOptions>().Bind(configuration.GetSection(TrainingOptions.Section));
        return services
            .AddSingleton<TrainingStore>()
            .AddSingleton<TrainingStarter>()
            .AddSingleton<TrainingRoster>()
            .AddSingleton<TrainingImports>()
            .AddSingleton<CourseRegister>()
            .AddSingleton<GraphStaffDirectory>()
            .AddSingleton<SettingsStaffDirectory>()
            .AddSingleton(CreateDirectory)
            .AddSingleton<IPlannedWork, PlannedTraining>()
            .AddSingleton<IMeasureSource, TrainingMeasures>()
            .AddSingleton<IReviewInputSource, TrainingReviewInputs>()
            .AddWorkflow(TrainingStore.Kind, nameof(TrainingOrchestrator.RunTraining), id => new TrainingCheckpoint(id));
    }

    private static IStaffDirectory CreateDirectory(IServiceProvider services) => services.GetRequiredService<IOptions<TrainingOptions>>().Value.Roster switch
    {
        "Directory" => services.GetRequiredService<GraphStaffDirectory>(),
        "Settings" => services.GetRequiredService<SettingsStaffDirectory>(),
        var other => throw new InvalidOperationException($"Training__Roster is '{other}'; it must be Directory or Settings."),
    };
}
