using Isms.Deadlines;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Objectives;

/// <summary>Whom a quarter's measurement writes to, and what.</summary>
public static class KpiLetters
{
    /// <summary>What is written when the measurement enters its present stage; nothing where nobody has to know.</summary>
    public static IReadOnlyList<Letter> OnEntering(KpiMeasurement measurement, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(organization);
        return measurement.Stage switch
        {
            KpiStage.Entering when measurement.Lines.Count == 0 => Write("nothing", measurement, organization, [], Responsible(organization)),
            KpiStage.Entering => ToOwners("enter", measurement, organization),
            KpiStage.Recorded => Write("recorded", measurement, organization, measurement.Lines, Responsible(organization)),
            _ => [],
        };
    }

    /// <summary>What is written at a moment around the day by which values are entered.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, KpiMeasurement measurement, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(organization);
        var letters = moment.Kind == DeadlineKind.EscalatedToManager
            ? Write("escalated", measurement, organization, measurement.Missing, People(organization, Role.IsmsManager))
            : ToOwners("remind", measurement, organization);
        return [.. letters.Select(l => l with { Key = moment.Key, Delivery = moment.Delivery })];
    }

    /// <summary>One letter to each owner, about the owner's objectives that have no value yet.</summary>
    private static IReadOnlyList<Letter> ToOwners(string key, KpiMeasurement measurement, Organization organization) =>
    [
        .. measurement.Missing.GroupBy(l => OwnerOf(l.Objective, organization), StringComparer.Ordinal)
            .SelectMany(g => Write(key, measurement, organization, [.. g], [g.Key])),
    ];

    /// <summary>Who left, or no longer has a part, cannot answer: the ISMS manager answers for what is nobody's.</summary>
    private static string OwnerOf(Objective objective, Organization organization) =>
        organization.FindPerson(objective.Owner) is { Roles.Count: > 0 } ? objective.Owner : organization.InRole(Role.IsmsManager).FirstOrDefault()?.Id ?? objective.Owner;

    private static IReadOnlyList<Letter> Write(
        string key, KpiMeasurement measurement, Organization organization, IReadOnlyList<KpiLine> lines, IReadOnlyList<string> recipients)
    {
        var quarter = KpiTexts.NameOf(measurement.ToQuarter());
        var list = lines.Select(l => Texts.Get(
            "kpi-letter.line", l.Objective.Id, l.Objective.Name, KpiTexts.Target(l.Objective), KpiTexts.Value(l.Value, l.Objective.Unit), KpiTexts.NameOf(l.Achievement))).ToList();
        object?[] arguments =
        [
            quarter, measurement.EnterBy, new LocalizedText(string.Join('\n', list.Select(l => l.Ja)), string.Join('\n', list.Select(l => l.En))),
            KpiTexts.Figures(ObjectiveFigures.Of(measurement.Lines.Select(l => l.Achievement))), measurement.Evidence ?? "", measurement.FiscalYear,
        ];
        var facts = Texts.Get("kpi-letter.facts", quarter, measurement.EnterBy, lines.Count);
        return Letter.ToEach(key, Texts.Get($"kpi-letter.{key}.subject", arguments), Texts.Get($"kpi-letter.{key}.body", arguments), facts, recipients, organization);
    }

    private static IReadOnlyList<string> Responsible(Organization organization) => [.. People(organization, Role.PersonInCharge), .. People(organization, Role.IsmsManager)];

    private static IReadOnlyList<string> People(Organization organization, Role role) => [.. organization.InRole(role).Select(p => p.Id)];
}
