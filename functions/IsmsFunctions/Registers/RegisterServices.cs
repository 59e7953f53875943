using Isms.Registers;
using Isms.Risks;
using IsmsFunctions.Registers.Printing;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Registers;

/// <summary>Registers the registers.</summary>
public static class RegisterServices
{
    /// <summary>Adds the registers and their rules.</summary>
    public static IServiceCollection AddRegisters(this IServiceCollection services) => services
        .AddSingleton<RegisterBlobs>()
        .AddSingleton<RegisterLog>()
        .AddSingleton<RegisterStore>()
        .AddSingleton<RegisterEditor>()
        .AddSingleton<RegisterImports>()
        .AddSingleton<RegisterDesk>()
        .AddSingleton<StatementEvidence>()
        .AddSingleton<RegisterPrinting>()
        .AddSingleton<IRegisterRule, AssetValueRule>()
        .AddSingleton<IRegisterRule, CourseRule>()
        .AddSingleton<IRegisterRule, ObjectiveRule>()
        .AddSingleton<IRegisterRule, RiskRegisterRule>()
        .AddSingleton<IRegisterRule, StatementOfApplicabilityRules>();
}
