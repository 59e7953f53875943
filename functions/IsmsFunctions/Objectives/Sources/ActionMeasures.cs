using Isms.CorrectiveActions;
using Isms.Objectives;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Objectives.Sources;

/// <summary>Counts corrective actions (clause 10.2): whether what was planned is done in time, and whether it worked.</summary>
public sealed class ActionMeasures(ActionStore actions, OrganizationStore organizations) : IMeasureSource
{
    private const string InTime = "actions-in-time";

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures { get; } = [MeasuresOf.Share(InTime, "10.2"), MeasuresOf.Share("actions-effective", "10.2")];

    /// <inheritdoc/>
    public async Task<MeasuredValue> MeasureAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var rounds = await actions.ListAfterAsync(null, null, cancellationToken).SelectMany(a => a.Value.Rounds.ToAsyncEnumerable()).ToListAsync(cancellationToken);
        return measure == InTime ? CarriedOutInTime(rounds, period, office) : Effective(rounds, period, office);
    }

    private static MeasuredValue CarriedOutInTime(IEnumerable<ActionRound> rounds, MeasurePeriod period, OfficeTime office)
    {
        var today = office.DateAt(period.AsOf);
        var due = rounds.Where(r => r is { Plan: { } plan, Approval: not null } && IsIn(plan.Due, period) && (plan.Due < today || r.Implementation is not null)).ToList();
        var done = due.Where(r => r.Implementation is { } implementation && office.DateAt(implementation.At) <= r.Plan!.Due).ToList();
        return MeasuredValue.Share(done.Count, due.Count, Texts.Get("measure.actions-in-time.nothing"), done.SelectMany(r => r.Implementation!.Evidence));
    }

    private static MeasuredValue Effective(IEnumerable<ActionRound> rounds, MeasurePeriod period, OfficeTime office)
    {
        var checks = rounds.Select(r => r.Effectiveness).OfType<Effectiveness>().Where(e => IsIn(office.DateAt(e.At), period)).ToList();
        return MeasuredValue.Share(
            checks.Count(e => e.Effective), checks.Count, Texts.Get("measure.actions-effective.nothing"), checks.SelectMany(e => e.Evidence));
    }

    private static bool IsIn(DateOnly day, MeasurePeriod period) => day >= period.From && day <= period.Until;
}
