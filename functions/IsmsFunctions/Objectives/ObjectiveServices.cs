using Isms.Registers;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Objectives.Sources;
using IsmsFunctions.Reports;
using IsmsFunctions.Year;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Objectives;

/// <summary>Registers objectives and their measurement.</summary>
public static class ObjectiveServices
{
    /// <summary>Adds measures, quarterly measurement and the controls' effectiveness to the app.</summary>
    public static IServiceCollection AddObjectives(this IServiceCollection services) => services
        .AddSingleton<MeasureCatalogue>()
        .AddSingleton<IMeasureSource, PlanMeasures>()
        .AddSingleton<IMeasureSource, ActionMeasures>()
        .AddSingleton<IMeasureSource, AuditMeasures>()
        .AddSingleton<IMeasureSource, MonitoringMeasures>()
        .AddSingleton<IRegisterRule, ObjectiveMeasureRule>()
        .AddSingleton<ObjectiveRegister>()
        .AddSingleton<KpiStore>()
        .AddSingleton<KpiMeasuring>()
        .AddSingleton<KpiSheets>()
        .AddSingleton<EffectivenessDesk>()
        .AddSingleton<IPlannedWork, PlannedMeasurement>()
        .AddSingleton<IYearFigures, ObjectivesOfYear>()
        .AddSingleton<IReportSource, KpiReportSource>()
        .AddSingleton<IReviewInputSource, KpiReviewInputs>()
        .AddWorkflow(KpiStore.Kind, nameof(KpiOrchestrator.RunKpiMeasurement), id => new KpiCheckpoint(id));
}
