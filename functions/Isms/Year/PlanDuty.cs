using System.ComponentModel.DataAnnotations;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Year;

/// <summary>Where a duty stands in the PDCA cycle.</summary>
public enum PlanPhase
{
    /// <summary>Outside the cycle: the certification body's dates rule.</summary>
    None,

    /// <summary>Plan (clauses 4–6).</summary>
    Plan,

    /// <summary>Do (clauses 7 and 8).</summary>
    Do,

    /// <summary>Check (clause 9).</summary>
    Check,

    /// <summary>Act (clause 10).</summary>
    Act,
}

/// <summary>How often a duty comes up in a year.</summary>
public enum Repetition
{
    /// <summary>Once, within its window.</summary>
    Once,

    /// <summary>Every month of its window.</summary>
    Monthly,

    /// <summary>Every quarter of its window.</summary>
    Quarterly,

    /// <summary>
    /// When there is cause: the plan has no item for it. Corrective actions come from their own workflow, one for each nonconformity; certification audits come
    /// from the certificate's dates.
    /// </summary>
    AsNeeded,
}

/// <summary>Which evidence satisfies the demand for a record.</summary>
public enum RecordOrigin
{
    /// <summary>Only what was filed for the plan item itself.</summary>
    Item,

    /// <summary>Anything of that record whose period touches the time since the item opened, such as a collector's daily sheet.</summary>
    Window,

    /// <summary>Anything of that record in the fiscal year, such as an audit's report.</summary>
    Year,
}

/// <summary>A record without which a duty is not done.</summary>
/// <param name="Key">The record's key, such as <c>backup-record</c>: evidence carries it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Type">The type of evidence it is.</param>
/// <param name="From">Which evidence satisfies it.</param>
public sealed record RequiredRecord(string Key, LocalizedText Title, EvidenceType Type, RecordOrigin From = RecordOrigin.Item);

/// <summary>A row of the plan catalogue: a duty of the management system that comes up every year.</summary>
public sealed record PlanDuty
{
    /// <summary>Short stable id, such as <c>context-review</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Where it stands in the PDCA cycle.</summary>
    public required PlanPhase Phase { get; init; }

    /// <summary>Clauses of ISO/IEC 27001:2022 that demand it.</summary>
    public required IReadOnlyList<string> Clauses { get; init; }

    /// <summary>Annex A controls that it serves.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>The first month of its window, counted 1–12 from the year's start.</summary>
    [Range(1, 12)]
    public required int FirstMonth { get; init; }

    /// <summary>The last month of its window.</summary>
    [Range(1, 12)]
    public required int LastMonth { get; init; }

    /// <summary>How often it comes up within the window.</summary>
    public required Repetition Repeats { get; init; }

    /// <summary>Whether every department does it for itself, its lead being responsible.</summary>
    public required bool PerDepartment { get; init; }

    /// <summary>The role that does it.</summary>
    public required Role Responsible { get; init; }

    /// <summary>The role that approves it; null when submitting is enough.</summary>
    public Role? Approver { get; init; }

    /// <summary>Records without which it cannot be submitted.</summary>
    public required IReadOnlyList<RequiredRecord> Records { get; init; }

    /// <summary>Keys of records that are shown along with it when they exist, but are not demanded.</summary>
    public IReadOnlyList<string> Supporting { get; init; } = [];

    /// <summary>The kind of work that does it, such as <c>audit</c>: found or started as the item opens. Null where people only file the records.</summary>
    public string? Work { get; init; }

    /// <summary>Whether its approval is the approval of the next year's plan: then that year is prepared, and starts on its first day.</summary>
    public bool StartsNextYear { get; init; }

    /// <summary>Why the organisation added or moved it; null where it is as the catalogue says.</summary>
    public string? ReasonOfChange { get; init; }
}
