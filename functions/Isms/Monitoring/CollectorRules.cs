using System.Globalization;
using Isms.Rules;

namespace Isms.Monitoring;

/// <summary>Decisions about collectors.</summary>
public static class CollectorRules
{
    private const int RememberedWindows = 60;
    private const int MostRememberedWindows = 300;
    private const int RememberedRuns = 20;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);

    /// <summary>No service keeps a log for longer, so whoever has not been looked at again by then never will be.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    /// <summary>The instance id of a run: the hour of its start, counted up when that hour has had a run already.</summary>
    public static string InstanceIdOf(string collector, CollectorState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var first = string.Create(CultureInfo.InvariantCulture, $"collect-{collector}-{now.UtcDateTime:yyyyMMddHH}");
        var id = first;
        for (var n = 2; state.FindRun(id) is not null; n++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{first}-{n}");
        }

        return id;
    }

    /// <summary>A run begins; while one is under way, that one is it.</summary>
    public static CollectorState Begin(CollectorState state, CollectorRun run)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Active is null ? state with { Active = run } : state;
    }

    /// <summary>A window's evidence is recorded. Doing it twice changes nothing.</summary>
    public static CollectorState Record(CollectorState state, CollectedWindow window)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(window);
        var others = state.Collected.Where(w => w.From != window.From || w.To != window.To || w.Attempt > window.Attempt);
        return state with
        {
            Active = Noted(state.Active, window.EvidenceId, window.Gaps),
            Collected = Remembered([.. others.Append(window).OrderBy(w => w.To).ThenBy(w => w.From)], window.At),

            // A window that somebody asked for far away from the others leaves the watermark alone: it may not jump over time.
            Watermark = state.Watermark is null || (window.From <= state.Watermark && window.To > state.Watermark) ? window.To : state.Watermark,
        };
    }

    /// <summary>A second look at windows is recorded. Doing it twice changes nothing.</summary>
    /// <param name="state">The collector.</param>
    /// <param name="supplemented">The items of the windows that were looked at.</param>
    /// <param name="resweep">How it went.</param>
    public static CollectorState Sweep(CollectorState state, IReadOnlyList<string> supplemented, Resweep resweep)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(resweep);
        return state with
        {
            Active = Noted(state.Active, resweep.EvidenceId, resweep.Gaps),
            Collected = [.. state.Collected.Select(w => supplemented.Contains(w.EvidenceId) ? w with { Resweep = resweep } : w)],
        };
    }

    /// <summary>Parts of the time that a run was asked for are held already.</summary>
    public static CollectorState NoteHeld(CollectorState state, string instanceId, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Active is { } run && run.InstanceId == instanceId && !run.AlreadyHeld.SequenceEqual(evidence)
            ? state with { Active = run with { AlreadyHeld = evidence } }
            : state;
    }

    /// <summary>The run ended.</summary>
    public static CollectorState End(CollectorState state, string instanceId, DateTimeOffset at, string? error)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Active is not { } run || run.InstanceId != instanceId)
        {
            return state;
        }

        var ended = run with { Status = error is null ? "completed" : "failed", EndedAt = at, Error = error };
        return state with { Active = null, Runs = [.. state.Runs.TakeLast(RememberedRuns - 1), ended] };
    }

    /// <summary>The windows to pull again because a gap of theirs may be closed by now.</summary>
    /// <param name="state">The collector.</param>
    /// <param name="now">The present.</param>
    /// <param name="retention">How long the service keeps its log.</param>
    public static IReadOnlyList<CollectedWindow> ToCloseGaps(CollectorState state, DateTimeOffset now, TimeSpan retention)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. state.Collected.Where(w =>
                w.Gaps.Any(GapReasons.CanBeClosedLater) && now - w.From < retention && (w.At is not { } at || now >= at + PauseAfter(w.Attempt))),
        ];
    }

    /// <summary>Whether a window whose gaps stay open now will have gone from the service before it would be pulled again.</summary>
    /// <param name="from">The beginning of the window.</param>
    /// <param name="attempt">0, or how often it was collected before.</param>
    /// <param name="now">The present.</param>
    /// <param name="retention">How long the service keeps its log.</param>
    public static bool GapsAreFinal(DateTimeOffset from, int attempt, DateTimeOffset now, TimeSpan retention) =>
        now + PauseAfter(attempt) >= from + retention;

    /// <summary>An hour, then twice as long each time, up to a day: what a permission needs to reach the app, and a broken service its repair.</summary>
    internal static TimeSpan PauseAfter(int attempt) => TimeSpan.FromHours(Math.Min(24, Math.Pow(2, Math.Min(attempt, 5))));

    /// <summary>The recorded windows that have a moment in common with [from, to).</summary>
    public static IReadOnlyList<CollectedWindow> Touching(CollectorState state, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.Collected.Where(w => w.From < to && w.To > from)];
    }

    /// <summary>Why a time that somebody asks for cannot be collected, or null.</summary>
    public static Refusal? WindowCannotBeCollected(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, TimeSpan lag, TimeSpan retention)
    {
        if (from >= to)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "collector-window-empty", "to");
        }

        if (to - from > LongestWindow)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "collector-window-too-long", "to", null, (int)LongestWindow.TotalDays);
        }

        if (to > now - lag)
        {
            return Refusal.Of(RefusalKind.RuleBroken, "collector-window-open", "to", null, (now - lag).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        }

        return from < now - retention
            ? Refusal.Of(RefusalKind.RuleBroken, "collector-window-gone", "from", null, (int)retention.TotalDays)
            : null;
    }

    private static CollectorRun? Noted(CollectorRun? run, string evidenceId, IReadOnlyList<string> gaps) => run is null || run.Evidence.Contains(evidenceId)
        ? run
        : run with
        {
            Evidence = [.. run.Evidence, evidenceId],
            Completeness = gaps.Count > 0 || run.Completeness == "partial" ? "partial" : "complete",
        };

    /// <summary>The latest, and those before them that wait for a second look or another attempt.</summary>
    private static IReadOnlyList<CollectedWindow> Remembered(List<CollectedWindow> windows, DateTimeOffset? now) =>
    [
        .. windows.Where((w, i) => i >= windows.Count - RememberedWindows || (w.From < w.To && w.Resweep is null && w.To > now - LongestWait))
            .TakeLast(MostRememberedWindows),
    ];
}
