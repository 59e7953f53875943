using System.Globalization;
using Isms.Registers;

namespace Isms.Objectives;

/// <summary>Names in the register of objectives.</summary>
public static class ObjectiveFields
{
    /// <summary>The register.</summary>
    public const string Register = "objectives";

    /// <summary>The measure of the system; empty where people enter the value.</summary>
    public const string Measure = "measure";

    /// <summary>How far from the target still counts as nearly met, in the objective's unit.</summary>
    public const string Tolerance = "tolerance";

    /// <summary>The result of the year.</summary>
    public const string Result = "result";

    /// <summary>What was achieved; computed.</summary>
    public const string Achievement = "achievement";

    /// <summary>The value of a quarter, 1–4.</summary>
    public static string Quarter(int number) => string.Create(CultureInfo.InvariantCulture, $"quarter{number}");
}

/// <summary>How often an objective is measured.</summary>
public enum MeasurementFrequency
{
    /// <summary>Every month; the quarter's value is what is scored.</summary>
    Monthly,

    /// <summary>Every quarter.</summary>
    Quarterly,

    /// <summary>Once, over the whole year, in its last quarter.</summary>
    Yearly,
}

/// <summary>An information security objective of one fiscal year (clause 6.2): what is wanted, and how it is measured.</summary>
public sealed record Objective
{
    /// <summary>Its id in the register, such as <c>O-0001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year's id.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>What is to be achieved, in the organisation's words.</summary>
    public required string Name { get; init; }

    /// <summary>The department's id; empty for the organisation as a whole.</summary>
    public string Department { get; init; } = "";

    /// <summary>The person id of who is responsible.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The target.</summary>
    public required decimal Target { get; init; }

    /// <summary>The unit of target and values.</summary>
    public string Unit { get; init; } = "";

    /// <summary>When it is met.</summary>
    public required TargetDirection Direction { get; init; }

    /// <summary>How far beyond the target still counts as nearly met, in the same unit; 0 for not at all.</summary>
    public decimal Tolerance { get; init; }

    /// <summary>How often it is measured.</summary>
    public required MeasurementFrequency Frequency { get; init; }

    /// <summary>Which record or system it is counted from, in words.</summary>
    public string Source { get; init; } = "";

    /// <summary>The id of the measure by which the system counts it; null where people enter the value.</summary>
    public string? Measure { get; init; }

    /// <summary>Whether a value is due at the end of a quarter.</summary>
    public bool IsDueIn(int quarter) => Frequency != MeasurementFrequency.Yearly || quarter == 4;

    /// <summary>What is measured over at the end of a quarter: the quarter, or the whole year where it is measured once.</summary>
    public MeasurePeriod PeriodIn(FiscalQuarter quarter, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(quarter);
        return new MeasurePeriod(quarter.Year.Id, Frequency == MeasurementFrequency.Yearly ? quarter.Year.Start : quarter.From, quarter.Until, asOf);
    }

    /// <summary>What a value comes to.</summary>
    public Achievement Judge(decimal? value) => ObjectiveScoring.Judge(value, Target, Direction, Tolerance);

    /// <summary>Reads an entry of the register; null where it is deleted, or lacks what an objective needs.</summary>
    public static Objective? Of(RegisterEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.IsDeleted || ObjectiveYear.Number(entry, "target") is not { } target)
        {
            return null;
        }

        return new Objective
        {
            Id = entry.Id,
            FiscalYear = entry["fiscalYear"],
            Name = entry["name"],
            Department = entry["department"],
            Owner = entry["owner"],
            Target = target,
            Unit = entry["unit"],
            Direction = entry["direction"] == "atMost" ? TargetDirection.AtMost : TargetDirection.AtLeast,
            Tolerance = ObjectiveYear.Number(entry, ObjectiveFields.Tolerance) ?? 0,
            Frequency = entry["frequency"] switch
            {
                "monthly" => MeasurementFrequency.Monthly,
                "yearly" => MeasurementFrequency.Yearly,
                _ => MeasurementFrequency.Quarterly,
            },
            Source = entry["source"],
            Measure = entry[ObjectiveFields.Measure] is { Length: > 0 } measure ? measure : null,
        };
    }
}

/// <summary>An objective with what has been measured in its year.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Quarters">The values of the four quarters; null where there is none.</param>
/// <param name="Result">The result of the year; null where there is none.</param>
public sealed record ObjectiveYear(Objective Objective, IReadOnlyList<decimal?> Quarters, decimal? Result)
{
    /// <summary>The value that counts for the year so far: its result, or else the newest quarter.</summary>
    public decimal? Newest => Result ?? Quarters.LastOrDefault(q => q is not null);

    /// <summary>How far the objective is achieved.</summary>
    public Achievement Achievement => Objective.Judge(Newest);

    /// <summary>How a quarter compares with the one before that has a value, within the year.</summary>
    public Trend TrendIn(int quarter) =>
        ObjectiveScoring.TrendOf(Quarters.Take(quarter - 1).LastOrDefault(q => q is not null), Quarters[quarter - 1], Objective.Direction);

    /// <summary>The same objective in another year: counted by the same measure, or else of the same name.</summary>
    public static ObjectiveYear? Counterpart(Objective objective, IEnumerable<ObjectiveYear> others)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var all = others.ToList();
        return all.FirstOrDefault(o => o.Objective.Name == objective.Name && o.Objective.Unit == objective.Unit)
            ?? all.FirstOrDefault(o => o.Objective.Measure is not null && o.Objective.Measure == objective.Measure && o.Objective.Department == objective.Department);
    }

    /// <summary>Reads an entry of the register; null where it is no objective any more.</summary>
    public static ObjectiveYear? Of(RegisterEntry entry) => Objective.Of(entry) is { } objective
        ? new ObjectiveYear(objective, [.. Enumerable.Range(1, 4).Select(q => Number(entry, ObjectiveFields.Quarter(q)))], Number(entry, ObjectiveFields.Result))
        : null;

    /// <summary>The number in a field; null where there is none.</summary>
    public static decimal? Number(RegisterEntry entry, string field)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return decimal.TryParse(entry[field], NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
