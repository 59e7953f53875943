using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Certification;

/// <summary>Registers the certification track.</summary>
public static class CertificationServices
{
    /// <summary>Adds the certification track and the audits of the body to the app.</summary>
    public static IServiceCollection AddCertification(this IServiceCollection services) => services
        .AddSingleton<CertificationStore>()
        .AddSingleton<CertificationStarter>()
        .AddSingleton<CertificationPlan>()
        .AddSingleton<IPlanPart>(p => p.GetRequiredService<CertificationPlan>())
        .AddSingleton<ISettingsListener>(p => p.GetRequiredService<CertificationPlan>())
        .AddSingleton<IYearFigures, CertificationFigures>()
        .AddSingleton<IEarlierFindings, FindingsOfTheBody>()
        .AddSingleton<IActionSource, ActionsOfCertification>()
        .AddSingleton<AllFindings>()
        .AddSingleton<IPlannedWork>(p => p.GetRequiredService<CertificationStarter>())
        .AddSingleton<IReviewInputSource, CertificationReviewInput>()
        .AddWorkflow(CertificationStore.Kind, nameof(CertificationOrchestrator.RunCertificationAudit), id => new CertificationCheckpoint(id));
}
