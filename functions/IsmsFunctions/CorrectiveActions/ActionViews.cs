using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>A corrective action as lists show it.</summary>
public record ActionSummary(
    string Id,
    string FiscalYear,
    ActionStage Stage,
    LocalizedText StageName,
    DateTimeOffset StageSince,
    DateOnly? Due,
    bool Overdue,
    string Owner,
    string Department,
    ActionSource Source,
    string Fact,
    int Round,
    int Reopenings,
    IReadOnlyList<string> Possible)
{
    /// <summary>The summary of an action at a moment.</summary>
    public static ActionSummary Of(CorrectiveAction action, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(organization);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        return new ActionSummary(
            action.Id, action.FiscalYear, action.Stage, ActionRules.NameOf(action.Stage), action.StageSince, action.Due, action.Due < today, action.Owner,
            action.Nonconformity.Department, action.Source, action.Nonconformity.Fact, action.Round.Number, action.Reopenings,
            ActionRules.PossibleIn(action.Stage));
    }
}

/// <summary>Everything about a corrective action.</summary>
public sealed record ActionDetails : ActionSummary
{
    private ActionDetails(ActionSummary summary)
        : base(summary)
    {
    }

    public required Nonconformity Nonconformity { get; init; }

    public required string RaisedBy { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public Correction? Correction { get; init; }

    public required IReadOnlyList<ActionRound> Rounds { get; init; }

    /// <summary>The first day on which effectiveness can be checked; absent before the implementation.</summary>
    public DateOnly? EffectivenessFrom { get; init; }

    public required IReadOnlyList<ActionDecision> Log { get; init; }

    /// <summary>The details of an action at a moment.</summary>
    public static ActionDetails Details(CorrectiveAction action, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(organization);
        return new ActionDetails(Of(action, organization, now))
        {
            Nonconformity = action.Nonconformity,
            RaisedBy = action.RaisedBy,
            RaisedAt = action.RaisedAt,
            Correction = action.Correction,
            Rounds = action.Rounds,
            EffectivenessFrom = action.Stage == ActionStage.EffectivenessCheck
                ? ActionSchedule.EffectivenessFrom(action, OfficeTime.Of(organization.TimeZone))
                : null,
            Log = action.Log,
        };
    }
}
