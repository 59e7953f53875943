using SampleTenant.Directory;

namespace SampleTenant.Logs;

/// <summary>What happened to the directory.</summary>
internal enum DirectoryChange
{
    UserAdded,
    UserDisabled,
    UserDeleted,
    RoleGiven,
    RoleTaken,
    PolicyChanged,
    ApplicationAdded,
}

/// <summary>A change and what it was about: the number of a user, a role grant, a policy or an application.</summary>
internal readonly record struct DirectoryEvent(long Ticks, DirectoryChange Change, int Number);

/// <summary>
/// The audit trail of the changes that the directory really shows: who compares two snapshots finds each difference in the log.
/// </summary>
internal sealed class DirectoryEventFeed : ILogFeed
{
    private readonly TenantModel model;
    private readonly int feed;
    private readonly Lazy<DirectoryEvent[]> events;

    public DirectoryEventFeed(TenantModel model, int feed)
    {
        this.model = model;
        this.feed = feed;
        events = new Lazy<DirectoryEvent[]>(Collect);
    }

    public DirectoryEvent this[int number] => events.Value[number];

    public void Collect(long minute, List<LogEntry> into)
    {
        var from = minute * TimeSpan.TicksPerMinute;
        for (var number = FirstAtOrAfter(from); number < events.Value.Length && events.Value[number].Ticks < from + TimeSpan.TicksPerMinute; number++)
        {
            into.Add(new LogEntry(events.Value[number].Ticks, feed, number, Noise.Bits(model.Directory.Seed, Topic.AuditRow, (ulong)number)));
        }
    }

    private int FirstAtOrAfter(long ticks)
    {
        int low = 0, high = events.Value.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = events.Value[middle].Ticks < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private DirectoryEvent[] Collect()
    {
        var found = new List<DirectoryEvent>();
        for (var index = 0; index < model.Directory.Lives.Capacity; index++)
        {
            var life = model.Directory.Lives.Of(index);
            Add(found, life.Created, DirectoryChange.UserAdded, index);
            Add(found, life.Disabled, DirectoryChange.UserDisabled, index);
            Add(found, life.Deleted, DirectoryChange.UserDeleted, index);
        }

        foreach (var grant in model.Roles.All)
        {
            Add(found, grant.From.UtcTicks, DirectoryChange.RoleGiven, grant.Number);
            Add(found, grant.To?.UtcTicks ?? long.MaxValue, DirectoryChange.RoleTaken, grant.Number);
        }

        foreach (var app in model.Applications.All)
        {
            Add(found, app.Created.UtcTicks, DirectoryChange.ApplicationAdded, app.Number);
        }

        Add(found, model.Policies.Change.UtcTicks, DirectoryChange.PolicyChanged, ConditionalAccessPolicies.Changed);
        return [.. found.OrderBy(item => item.Ticks).ThenBy(item => item.Change).ThenBy(item => item.Number)];
    }

    private void Add(List<DirectoryEvent> found, long ticks, DirectoryChange change, int number)
    {
        // Older ones are out of every retention period.
        if (ticks != long.MaxValue && ticks >= model.Directory.Start.AddDays(-60).UtcTicks)
        {
            found.Add(new DirectoryEvent(ticks, change, number));
        }
    }
}
