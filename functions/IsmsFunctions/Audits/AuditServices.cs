using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Audits;

/// <summary>Registers internal audits.</summary>
public static class AuditServices
{
    /// <summary>Adds internal audits to the app.</summary>
    public static IServiceCollection AddAudits(this IServiceCollection services) => services
        .AddSingleton<AuditStore>()
        .AddSingleton<AuditStarter>()
        .AddSingleton<AnswerBook>()
        .AddSingleton<ChecklistReturns>()
        .AddSingleton<Attachments>()
        .AddSingleton<AuditProgrammes>()
        .AddSingleton<AuditInvitations>()
        .AddSingleton<AuditTeamWatch>()
        .AddSingleton<ISettingsListener>(p => p.GetRequiredService<AuditTeamWatch>())
        .AddSingleton<IActionSource, ActionsOfAudits>()
        .AddWorkflow(AuditStore.Kind, nameof(AuditOrchestrator.RunAudit), id => new AuditCheckpoint(id));
}
