using IsmsFunctions.Hosting.Workflows;
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
        .AddWorkflow(AuditStore.Kind, nameof(AuditOrchestrator.RunAudit), id => new AuditCheckpoint(id));
}
