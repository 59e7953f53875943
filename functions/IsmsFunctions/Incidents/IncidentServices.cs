using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Meetings;
using IsmsFunctions.Objectives;
using IsmsFunctions.Reports;
using IsmsFunctions.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Incidents;

/// <summary>Registers incidents.</summary>
public static class IncidentServices
{
    /// <summary>Adds incidents to the app, and their figures to the monthly report, the measures, the management review and the committee.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services
        .AddSingleton<IncidentStore>()
        .AddSingleton<IncidentStarter>()
        .AddSingleton<IReportSource, IncidentReportSource>()
        .AddSingleton<IMeasureSource, IncidentMeasures>()
        .AddSingleton<IReviewInputSource, IncidentReviewInputs>()
        .AddSingleton<IAgendaSource, IncidentAgenda>()
        .AddSingleton<ITamperAlarm, TamperIncidents>()
        .AddWorkflow(IncidentStore.Kind, nameof(IncidentOrchestrator.RunIncidentResponse), id => new IncidentCheckpoint(id));
}
