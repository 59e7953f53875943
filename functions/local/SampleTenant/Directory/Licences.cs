namespace SampleTenant.Directory;

/// <summary>The tenant's subscriptions, by their documented ids, and who uses them.</summary>
internal static class Licences
{
    public static readonly Guid E3 = new("05e9a617-0261-4cee-bb44-138d3ef5d965");
    public static readonly Guid EntraP2 = new("84a661c4-e949-4bd2-a560-ed7766fcaf2b");

    public static IReadOnlyList<Guid> Of(TenantUser user, DateTimeOffset now, ulong bits) => user.Kind switch
    {
        // Half of those who left still cost a licence.
        _ when user.Left <= now => user.Index % 2 == 0 || user.Kind == UserKind.Leaver && bits % 2 == 0 ? [E3] : [],
        UserKind.Member or UserKind.Stale => user.Index % 4 == 0 ? [E3, EntraP2] : [E3],
        UserKind.Shared => bits % 3 == 0 ? [E3] : [],
        _ => [],
    };
}

/// <summary>When a user was last seen.</summary>
internal static class UserActivity
{
    /// <summary>Null where never. Values may be a day old, as documented.</summary>
    public static DateTimeOffset? LastSignIn(TenantUser user, ulong seed, DateTimeOffset now)
    {
        var bits = Noise.Bits(seed, Topic.Activity, (ulong)user.Index);
        var end = user.Left < now ? user.Left.Value : now;
        var day = user.Kind switch
        {
            UserKind.BreakGlass => (DateOnly?)null,
            UserKind.Stale => OrganisationCalendar.LocalDay(user.Created.AddDays(60) is var seen && seen < now ? seen : now),
            UserKind.Guest when bits % 4 == 0 => null,
            UserKind.Guest => OrganisationCalendar.LocalDay(end.AddDays(-2 - (double)(bits % 150))),
            _ => OrganisationCalendar.LocalDay(end.AddDays(-1 - (double)((bits ^ (ulong)end.UtcTicks / TimeSpan.TicksPerDay) % 3))),
        };
        if (day is not { } date)
        {
            return null;
        }

        var time = OrganisationCalendar.At(OrganisationCalendar.WorkdayOnOrBefore(date), TimeSpan.FromSeconds((9 * 3600) + (bits % 30000)));
        return time < user.Created ? null : time;
    }
}
