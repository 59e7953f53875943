using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Meetings.Agenda;
using IsmsFunctions.Year;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Meetings;

/// <summary>Registers meetings.</summary>
public static class MeetingServices
{
    /// <summary>Adds management reviews and committee meetings to the app, with the points of agendas that come from what the app keeps anyway.</summary>
    public static IServiceCollection AddMeetings(this IServiceCollection services) => services
        .AddSingleton<MeetingStore>()
        .AddSingleton<MeetingStarter>()
        .AddSingleton<MeetingMaterials>()
        .AddSingleton<MeetingRecords>()
        .AddSingleton<MeetingDesk>()
        .AddSingleton<IActionSource, ActionsOfMeetings>()
        .AddSingleton<IReviewInputSource, DecisionInputs>()
        .AddSingleton<IPlannedWork, PlannedReview>()
        .AddSingleton<IPlannedWork, PlannedCommittee>()
        .AddSingleton<IAgendaSource, DecisionAgenda>()
        .AddSingleton<IAgendaSource, PlanAgenda>()
        .AddSingleton<IAgendaSource, ActionAgenda>()
        .AddSingleton<IAgendaSource, FindingAgenda>()
        .AddSingleton<IAgendaSource, CollectorAgenda>()
        .AddSingleton<IAgendaSource, ObjectiveAgenda>()
        .AddWorkflow(MeetingStore.Kind, nameof(MeetingOrchestrator.RunMeeting), id => new MeetingCheckpoint(id));
}
