using IsmsFunctions.AccessReviews;
using IsmsFunctions.Audits;
using IsmsFunctions.Calendars;
using IsmsFunctions.Certification;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Telemetry;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Incidents;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Meetings;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Notifications;
using IsmsFunctions.Objectives;
using IsmsFunctions.Organizations;
using IsmsFunctions.Packs;
using IsmsFunctions.Portal;
using IsmsFunctions.Registers;
using IsmsFunctions.Registers.Risks;
using IsmsFunctions.Reports;
using IsmsFunctions.Retention;
using IsmsFunctions.Sealing;
using IsmsFunctions.SpotChecks;
using IsmsFunctions.Training;
using IsmsFunctions.Year;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace IsmsFunctions.Hosting;

/// <summary>Puts the app together; the one place that knows all capabilities.</summary>
public static class IsmsApp
{
    /// <summary>Builds the host. <paramref name="configure"/> is for tests, which replace what reaches outside.</summary>
    public static IHost Build(string[] args, Action<FunctionsApplicationBuilder>? configure = null)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.UseWhen<AnswerHeadersMiddleware>(IsHttp);
        builder.UseWhen<ProblemMiddleware>(IsHttp);
        builder.UseWhen<AccessMiddleware>(IsHttp);

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<IsmsOptions>().Bind(builder.Configuration.GetSection(IsmsOptions.Section));
        services.AddSingleton<Measurements>();
        services.AddSingleton<StorageAccounts>();
        services.AddSingleton<StateStore>();
        services.AddSingleton<WorkflowGate>();
        services.AddSingleton<IWorkflowStarter, WorkflowStarter>();
        services.AddSingleton<Sequences>();
        services.AddSingleton<OrganizationStore>();
        services.AddEvidence();
        services.AddSealing();
        services.AddMonitoring(builder.Configuration);
        services.AddSingleton<CallBudget>();
        services.AddSingleton<IPrincipalReader>(p => PrincipalReaders.Create(p));
        services.AddNotifications(builder.Configuration);
        services.AddAccessReviews();
        services.AddAudits();
        services.AddCorrectiveActions();
        services.AddCertification();
        services.AddIncidents();
        services.AddYear();
        services.AddMeetings();
        services.AddManagementReviews();
        services.AddReports();
        services.AddCalendars();
        services.AddRegisters();
        services.AddRisks();
        services.AddObjectives();
        services.AddTraining(builder.Configuration);
        services.AddSpotChecks();
        services.AddSingleton<PortalFiles>();
        services.AddRetention();
        services.AddPacks();
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Preparation>());

        configure?.Invoke(builder);
        return builder.Build();
    }

    private static bool IsHttp(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(b => b.Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase));
}
