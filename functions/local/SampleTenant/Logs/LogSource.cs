using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Logs;

/// <summary>Which events can be seen at a time.</summary>
/// <param name="Retention">How long events are kept.</param>
/// <param name="Lag">How long after its time an event becomes visible.</param>
/// <param name="LateFraction">The part of events that is late.</param>
/// <param name="LateBy">How late these are.</param>
internal sealed record LogVisibility(TimeSpan Retention, TimeSpan Lag, double LateFraction, TimeSpan LateBy)
{
    public bool Shows(LogEntry entry, DateTimeOffset now)
    {
        var late = LateFraction > 0 && Noise.ToUnit(Noise.Next(entry.Bits ^ Topic.Fault)) < LateFraction;
        return entry.Ticks <= (now - (late ? LateBy : Lag)).UtcTicks;
    }
}

/// <summary>A log: computed minute by minute, read from either end, its time bounds found without looking at what is outside.</summary>
internal abstract class LogSource(IReadOnlyList<ILogFeed> feeds, LogVisibility visibility, string timeProperty) : RowSource
{
    public override IRowCursor Open(RowContext context, QueryOptions query, long position, out FilterNode? rest)
    {
        if (query.OrderBy is { } order && order.Property != timeProperty)
        {
            throw GraphException.BadRequest($"Sorting by '{order.Property}' is not supported.");
        }

        (var window, rest) = TimeWindow.Extract(query.Filter, timeProperty);
        rest = Absorb(rest);
        window = window.Intersect(new TimeWindow((context.Now - visibility.Retention).UtcTicks, context.Now.UtcTicks + 1));
        return new Cursor(this, context, window, query.OrderBy?.Descending ?? true, position);
    }

    protected abstract void Write(Utf8JsonWriter writer, LogEntry entry, RowContext context);

    /// <summary>Takes out of the filter what the choice of feeds has decided already.</summary>
    protected virtual FilterNode? Absorb(FilterNode? filter) => filter;

    private sealed class Cursor : IRowCursor
    {
        private const int OrdinalBits = 20;
        private readonly LogSource source;
        private readonly RowContext context;
        private readonly TimeWindow window;
        private readonly bool descending;
        private readonly List<LogEntry> entries = [];
        private long minute;
        private int ordinal;

        public Cursor(LogSource source, RowContext context, TimeWindow window, bool descending, long position)
        {
            (this.source, this.context, this.window, this.descending) = (source, context, window, descending);
            if (position > 0)
            {
                minute = position >> OrdinalBits;
                Collect();
                ordinal = (int)(position & ((1 << OrdinalBits) - 1)) - Step;
            }
            else
            {
                minute = (descending ? LastMinute : FirstMinute) - Step;
                Collect();
                ordinal = descending ? -1 : entries.Count;
            }
        }

        public long Position => (minute << OrdinalBits) | (uint)ordinal;

        private long FirstMinute => window.From / TimeSpan.TicksPerMinute;

        private long LastMinute => Math.Max(0, window.To - 1) / TimeSpan.TicksPerMinute;

        private int Step => descending ? -1 : 1;

        public bool MoveNext()
        {
            while (true)
            {
                ordinal += Step;
                while (ordinal < 0 || ordinal >= entries.Count)
                {
                    minute += Step;
                    if (minute < FirstMinute || minute > LastMinute)
                    {
                        return false;
                    }

                    Collect();
                    ordinal = descending ? entries.Count - 1 : 0;
                }

                var entry = entries[ordinal];
                if (entry.Ticks >= window.From && entry.Ticks < window.To && source.Visibility.Shows(entry, context.Now))
                {
                    return true;
                }
            }
        }

        public void WriteProperties(Utf8JsonWriter writer) => source.Write(writer, entries[ordinal], context);

        private void Collect()
        {
            entries.Clear();
            foreach (var feed in source.Feeds)
            {
                feed.Collect(minute, entries);
            }

            entries.Sort();
        }
    }

    private IReadOnlyList<ILogFeed> Feeds => feeds;

    private LogVisibility Visibility => visibility;
}
