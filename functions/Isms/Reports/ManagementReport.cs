using Isms.Text;
using Isms.Year;

namespace Isms.Reports;

/// <summary>The monthly report to top management (clauses 5.1 and 9.1): where the management system stands, on one page.</summary>
public sealed record ManagementReport
{
    /// <summary>The fiscal year.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>The first day of the month on whose first working day it is written; it reports on the month before.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The day it is written.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>How far the year has come.</summary>
    public required YearProgress Progress { get; init; }

    /// <summary>The items that are overdue for longest.</summary>
    public required IReadOnlyList<OverdueItem> Overdue { get; init; }

    /// <summary>Findings of the year's internal audits.</summary>
    public required FindingFigures Findings { get; init; }

    /// <summary>Corrective actions.</summary>
    public required CorrectiveActionFigures Actions { get; init; }

    /// <summary>What the collectors recorded in the month before, and how much of it is complete.</summary>
    public required IReadOnlyList<CollectorFigures> Collectors { get; init; }

    /// <summary>Key figures beyond those of the plan.</summary>
    public required IReadOnlyList<ReportFigure> Indicators { get; init; }

    /// <summary>Figures of incidents.</summary>
    public required IReadOnlyList<ReportFigure> Incidents { get; init; }

    /// <summary>The ledger as the report was written: a later rewrite of evidence would contradict a mail that is already sent.</summary>
    public required LedgerFigures Ledger { get; init; }
}

/// <summary>An item that is overdue.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="DueOn">When it was due.</param>
/// <param name="Responsible">Person ids of who has to do it.</param>
public sealed record OverdueItem(LocalizedText Title, DateOnly DueOn, IReadOnlyList<string> Responsible);

/// <summary>Findings by grade.</summary>
public sealed record FindingFigures(int Major, int Minor, int Observations);

/// <summary>Corrective actions by where they stand.</summary>
public sealed record CorrectiveActionFigures(int Open, int Overdue, int Closed);

/// <summary>A collector's windows or snapshots.</summary>
/// <param name="Title">The collector's title.</param>
/// <param name="Recorded">How many it recorded.</param>
/// <param name="Partial">How many of them have gaps.</param>
public sealed record CollectorFigures(LocalizedText Title, int Recorded, int Partial);

/// <summary>A figure that another capability adds to the report.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What it is at.</param>
public sealed record ReportFigure(LocalizedText Name, LocalizedText Value);

/// <summary>The ledger's head.</summary>
/// <param name="Size">How many items it holds.</param>
/// <param name="Root">The root of its tree, lower-case hex.</param>
public sealed record LedgerFigures(long Size, string Root);
