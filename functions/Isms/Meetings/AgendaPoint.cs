using Isms.Text;

namespace Isms.Meetings;

/// <summary>The time that a committee meeting speaks about.</summary>
/// <param name="FiscalYear">The fiscal year.</param>
/// <param name="From">The first day: the day after the meeting before it, or a month back.</param>
/// <param name="Until">The day on which the agenda is proposed.</param>
/// <param name="LooksAheadTo">The last day of what comes up next: a month later.</param>
public sealed record AgendaPeriod(string FiscalYear, DateOnly From, DateOnly Until, DateOnly LooksAheadTo);

/// <summary>A point of a meeting's agenda.</summary>
/// <param name="Key">Names it within the agenda, such as <c>overdue-items</c>.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Lines">What there is to know, one line each; nothing where the title says it all.</param>
public sealed record AgendaPoint(string Key, LocalizedText Title, IReadOnlyList<LocalizedText> Lines);
