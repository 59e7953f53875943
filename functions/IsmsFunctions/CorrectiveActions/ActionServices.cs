using IsmsFunctions.Hosting.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>Registers corrective actions.</summary>
public static class ActionServices
{
    /// <summary>Adds corrective actions to the app.</summary>
    public static IServiceCollection AddCorrectiveActions(this IServiceCollection services) => services
        .AddSingleton<ActionStore>()
        .AddSingleton<ActionStarter>()
        .AddWorkflow(ActionStore.Kind, nameof(ActionOrchestrator.RunCorrectiveAction), id => new ActionCheckpoint(id));
}
