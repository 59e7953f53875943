using Isms.Monitoring;

namespace IsmsFunctions.Monitoring;

/// <summary>A log that is collected window by window.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="Record">The record that its items are.</param>
/// <param name="Controls">The controls that they are evidence for.</param>
/// <param name="TimeMember">The member of a row that says when.</param>
/// <param name="KindsOf">The kinds of rows of a time.</param>
/// <param name="Analyse">Begins the analysis of a window.</param>
/// <param name="ColumnsOf">What its workbook shows of a kind of rows.</param>
public sealed record LogSource(
    Collector Collector, string Record, IReadOnlyList<string> Controls, string TimeMember,
    Func<DateTimeOffset, DateTimeOffset, IReadOnlyList<RowKind>> KindsOf, Func<LogContext, ILogAnalysis> Analyse,
    Func<string, IReadOnlyList<LogColumn>> ColumnsOf);
