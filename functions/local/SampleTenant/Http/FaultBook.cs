using SampleTenant.Directory;

namespace SampleTenant.Http;

/// <summary>The fault rules in force, and how often each was looked at.</summary>
internal sealed class FaultBook(IEnumerable<FaultRule> initial)
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [.. initial.Select(rule => new Entry(rule))];

    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (gate)
            {
                return [.. entries.Select(entry => entry.Rule)];
            }
        }
    }

    public void Add(IEnumerable<FaultRule> rules)
    {
        lock (gate)
        {
            entries.AddRange(rules.Select(rule => new Entry(rule)));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }

    /// <summary>The faults that happen to this request.</summary>
    public IReadOnlyList<FaultRule> For(string version, string path, bool hasSkipToken)
    {
        lock (gate)
        {
            return entries.Count == 0
                ? []
                : [.. entries
                    .Where(entry => entry.Rule.Matches(version, path) && (hasSkipToken || entry.Rule.Kind != FaultKind.ExpiredSkipToken) && entry.Happens())
                    .Select(entry => entry.Rule)];
        }
    }

    private sealed class Entry(FaultRule rule)
    {
        private int seen;
        private int happened;

        public FaultRule Rule => rule;

        public bool Happens()
        {
            seen++;
            var happens = (rule.Nth is null || rule.Nth == seen)
                && (rule.Probability is null || Noise.Unit((ulong)rule.Seed, Topic.Fault, (ulong)seen) < rule.Probability)
                && (rule.Times is null || happened < rule.Times);
            happened += happens ? 1 : 0;
            return happens;
        }
    }
}
