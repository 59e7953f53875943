using System.ComponentModel.DataAnnotations;

namespace Isms.Year;

/// <summary>What an organisation does with a yearly duty.</summary>
public enum PlanChangeKind
{
    /// <summary>It adds a duty of its own.</summary>
    Add,

    /// <summary>It does a duty in other months.</summary>
    Move,

    /// <summary>It does not do a duty.</summary>
    Drop,
}

/// <summary>A change that an organisation makes to the yearly duties, with its reason: an auditor will ask for it.</summary>
public sealed record PlanChange
{
    /// <summary>What is done.</summary>
    public required PlanChangeKind Kind { get; init; }

    /// <summary>The id of the duty; for an added one the id that it gets.</summary>
    public required string Duty { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The only fiscal year it holds for, such as <c>FY2027</c>; null for every year planned from now on.</summary>
    public string? FiscalYear { get; init; }

    /// <summary>For a moved duty: the first month of its window, counted 1–12 from the year's start.</summary>
    [Range(1, 12)]
    public int? FirstMonth { get; init; }

    /// <summary>For a moved duty: the last month of its window.</summary>
    [Range(1, 12)]
    public int? LastMonth { get; init; }

    /// <summary>For an added duty: what it is.</summary>
    public PlanDuty? Added { get; init; }

    /// <summary>Whether it holds for a fiscal year.</summary>
    public bool HoldsFor(string fiscalYear) => FiscalYear is null || FiscalYear == fiscalYear;
}
