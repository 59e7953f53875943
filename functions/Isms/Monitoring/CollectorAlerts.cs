using Isms.Evidence;
using Isms.Monitoring.Snapshots;

namespace Isms.Monitoring;

/// <summary>Something that collectors found and that cannot wait.</summary>
/// <param name="Code">What kind; its texts are <c>alert.{code}.title</c> and <c>.remedy</c>.</param>
/// <param name="Collector">The collector.</param>
/// <param name="SubjectId">The account, policy or log that it is about.</param>
/// <param name="SubjectName">Its name.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Fact">What makes it the same fact when it is found again: the item that showed it, or the window that it is about.</param>
public sealed record CollectorAlert(string Code, string Collector, string SubjectId, string SubjectName, string Detail, string Fact);

/// <summary>Decides what cannot wait.</summary>
public static class CollectorAlerts
{
    /// <summary>A global administrator who was none before, whoever or whatever it is.</summary>
    public const string NewGlobalAdministrator = "new-global-administrator";

    /// <summary>A part of a log that could not be had after several attempts, or never will be.</summary>
    public const string LogGap = "log-gap";

    /// <summary>Until here it is hoped that the next attempt closes the gap.</summary>
    private const int HopefulAttempts = 2;

    private static readonly HashSet<string> Urgent = new(StringComparer.Ordinal) { PolicyChanges.SwitchedOff, PolicyChanges.Deleted, PolicyChanges.DefaultsOff };

    /// <summary>Exceptions of a snapshot that cannot wait.</summary>
    /// <param name="collector">The collector.</param>
    /// <param name="findings">The exceptions.</param>
    /// <param name="item">The item that shows them.</param>
    public static IEnumerable<CollectorAlert> OfFindings(string collector, IEnumerable<Finding> findings, string item) =>
        findings.Where(f => Urgent.Contains(f.Code)).Select(f => new CollectorAlert(f.Code, collector, f.SubjectId, f.SubjectName, f.Detail, item));

    /// <summary>Global administrators that a snapshot of access rights shows and the one before did not.</summary>
    /// <param name="collector">The collector.</param>
    /// <param name="difference">What was gained; the first snapshot gains nothing.</param>
    /// <param name="item">The item that shows it.</param>
    public static IEnumerable<CollectorAlert> OfRights(string collector, RightsDifference difference, string item)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return from right in difference.Gained
               where right.Kind is RightKinds.ActiveRole or RightKinds.EligibleRole && right.WhatId == AccessRightsSnapshot.GlobalAdministrator
               group right by right.HolderId into held
               let right = held.First()
               select new CollectorAlert(NewGlobalAdministrator, collector, right.HolderId, right.HolderName, right.Kind, item);
    }

    /// <summary>
    /// A gap of a log that later attempts did not close. What the licence does not include is no news every day; the collectors' list says so.
    /// </summary>
    /// <param name="collector">The collector.</param>
    /// <param name="period">The window.</param>
    /// <param name="attempt">0, or how often it was collected before.</param>
    /// <param name="gaps">Its gaps.</param>
    public static IEnumerable<CollectorAlert> OfLog(string collector, Period period, int attempt, IEnumerable<Gap> gaps)
    {
        ArgumentNullException.ThrowIfNull(period);
        var worth = gaps.Where(g => GapReasons.CanBeClosedLater(g.Reason) && (g.IsFinal == true || attempt >= HopefulAttempts)).ToList();
        if (worth.Count == 0)
        {
            yield break;
        }

        var isFinal = worth.Exists(g => g.IsFinal == true);
        var times = FormattableString.Invariant($"{period.From.UtcDateTime:yyyy-MM-dd HH:mm}–{period.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        var detail = string.Join("; ", worth.Select(g => $"{g.What}: {g.Reason}").Distinct(StringComparer.Ordinal));
        yield return new CollectorAlert(LogGap, collector, collector, times, detail, $"{collector}/{period.From.UtcTicks}{(isFinal ? "/final" : "")}");
    }
}
