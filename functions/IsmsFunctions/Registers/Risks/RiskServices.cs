using IsmsFunctions.Audits;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Registers the risk method's part of the registers.</summary>
public static class RiskServices
{
    /// <summary>Adds the views, decisions and suggestions of risks.</summary>
    public static IServiceCollection AddRisks(this IServiceCollection services) => services
        .AddSingleton<RiskRegister>()
        .AddSingleton<RiskSuggestionStore>()
        .AddSingleton<RiskSources>()
        .AddSingleton<RiskEvidence>()
        .AddSingleton<IAuditFocusSource, FocusOfAudits>();
}
