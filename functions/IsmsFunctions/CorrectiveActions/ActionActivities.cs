using System.Globalization;
using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>What a corrective action's workflow does outside itself.</summary>
public sealed class ActionActivities(
    StateStore states,
    ActionStore actions,
    IEnumerable<IActionSource> sources,
    IEvidenceStore evidence,
    INotifier notifier,
    WorkflowGate gate,
    OrganizationStore organizations,
    TimeProvider clock)
{
    private const string Record = "corrective-action-record";

    /// <summary>Reads the action's state and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtCorrectiveAction))]
    public async Task<ActionView> LookAtCorrectiveAction([ActivityTrigger] ActionLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await actions.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var next = ActionSchedule.NextMoment(stored.Value, office, new DateTimeOffset(input.HandledUntil, TimeSpan.Zero));
        return new ActionView(stored.Id, stored.Value.Stage, stored.Value.Serial, stored.Value.StageSince.UtcDateTime, next?.UtcDateTime);
    }

    /// <summary>Writes what people have to know about the stage that was entered.</summary>
    [Function(nameof(WriteActionLetters))]
    public async Task WriteActionLetters([ActivityTrigger] ActionStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (action, organization) = await ReadAsync(input.Id, cancellationToken);
        if (action.Serial == input.Serial)
        {
            // Otherwise somebody was faster than the mail, and what it would say is no longer so.
            await notifier.NotifyAsync(action.Id, action.Serial, ActionLetters.OnEntering(action, organization), cancellationToken);
        }
    }

    /// <summary>The owner has been told: the correction is due.</summary>
    [Function(nameof(AssignCorrectiveAction))]
    public async Task AssignCorrectiveAction([ActivityTrigger] ActionStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var today = await TodayAsync(cancellationToken);
        await states.UpdateAsync<CorrectiveAction>(
            ActionStore.Kind, input.Id, a => ActionRules.OwnerIsTold(a, clock.GetUtcNow(), today), cancellationToken: cancellationToken);
    }

    /// <summary>Starts over from the cause.</summary>
    [Function(nameof(BeginNextRound))]
    public async Task BeginNextRound([ActivityTrigger] ActionStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var today = await TodayAsync(cancellationToken);
        await states.UpdateAsync<CorrectiveAction>(
            ActionStore.Kind, input.Id, a => ActionRules.NextRoundBegins(a, clock.GetUtcNow(), today), cancellationToken: cancellationToken);
    }

    /// <summary>Reminds and escalates what has come due.</summary>
    [Function(nameof(RemindOfCorrectiveAction))]
    public async Task RemindOfCorrectiveAction([ActivityTrigger] ActionTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (action, organization) = await ReadAsync(input.Id, cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var (after, until) = (new DateTimeOffset(input.After, TimeSpan.Zero), new DateTimeOffset(input.Until, TimeSpan.Zero));
        foreach (var moment in ActionSchedule.DeadlineOf(action)?.Between(after, until, office) ?? [])
        {
            await notifier.NotifyAsync(action.Id, action.Serial, ActionLetters.At(moment, action, organization), cancellationToken);
        }
    }

    /// <summary>Puts the round whose effectiveness was checked on record.</summary>
    [Function(nameof(RecordCorrectiveAction))]
    public async Task RecordCorrectiveAction([ActivityTrigger] ActionStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (action, organization) = await ReadAsync(input.Id, cancellationToken);
        if (action.Round.Effectiveness is not { } checkedBy)
        {
            return; // The next round has begun: this one is on record.
        }

        var (round, document) = (action.Round.Number, ActionRecord.Write(action, organization));
        var nonconformity = action.Nonconformity;
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(action.Id, StepOf(round)),
            FiscalYear = await FiscalYearAsync(checkedBy.At, cancellationToken),
            Type = EvidenceType.Improvement,
            Title = new LocalizedText($"{document.Title.Ja} {action.Id}", $"{document.Title.En} {action.Id}"),
            Clauses = [.. new[] { "10.2", nonconformity.Clause }.OfType<string>().Distinct()],
            Controls = nonconformity.Control is { } control ? [control] : [],
            Period = new Period(action.RaisedAt, checkedBy.At),
            Subject = action.Id,
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(action.Id, StepOf(round), checkedBy.By) },
            Supersedes = round > 1 ? EvidenceIds.OfStep(action.Id, StepOf(round - 1)) : null,
            CreatedBy = checkedBy.By,
        };
        await evidence.RecordAsync(draft, DocumentFiles.Of(Record, document, action), cancellationToken);
    }

    /// <summary>Tells the audit or the meeting that raised it, which waits for it to be closed.</summary>
    [Function(nameof(TellSourceOfClosure))]
    public async Task TellSourceOfClosure([ActivityTrigger] ActionStep input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var action = (await actions.GetAsync(input.Id, cancellationToken)).Value;
        if (action.Source.Instance is { } raisedBy && sources.FirstOrDefault(o => o.Origins.Contains(action.Source.Origin)) is { } source)
        {
            await source.NoteClosureAsync(new ClosedAction(action.Id, raisedBy, EvidenceIds.OfStep(action.Id, StepOf(action.Round.Number))), cancellationToken);
            await gate.WakeAsync(client, raisedBy);
        }
    }

    private static string StepOf(int round) => string.Create(CultureInfo.InvariantCulture, $"record-round-{round}");

    private async Task<(CorrectiveAction Action, Organization Organization)> ReadAsync(string id, CancellationToken cancellationToken) =>
        ((await actions.GetAsync(id, cancellationToken)).Value, await organizations.GetAsync(cancellationToken));

    private async Task<DateOnly> TodayAsync(CancellationToken cancellationToken) =>
        OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone).DateAt(clock.GetUtcNow());

    private async Task<string> FiscalYearAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        return FiscalYear.Of(OfficeTime.Of(organization.TimeZone).DateAt(at), organization.FiscalYearStartMonth).Id;
    }
}
