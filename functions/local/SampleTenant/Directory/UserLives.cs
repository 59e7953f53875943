namespace SampleTenant.Directory;

/// <summary>The dates of an account, in UTC ticks; <see cref="long.MaxValue"/> where a thing does not happen.</summary>
internal readonly record struct UserLife(UserKind Kind, long Created, long Left, long Disabled, long Deleted)
{
    public bool ExistsAt(long ticks) => Created <= ticks && ticks < Deleted;

    public bool IsEnabledAt(long ticks) => ExistsAt(ticks) && ticks < Disabled;
}

/// <summary>
/// Who comes and goes when. The first <see cref="InitialUsers"/> numbers are there on the first day, whatever their kind; newcomers follow
/// in the order of their first day: some each month, many in April. Nobody of the first numbers (president, department leads) ever leaves.
/// </summary>
internal sealed class UserLives
{
    private const int HorizonMonths = 120;
    private const double LeavingPerYear = 0.08;
    private readonly ulong seed;
    private readonly bool standsStill;
    private readonly int leads;
    private readonly DateTimeOffset start;
    private readonly int[] joinedBeforeMonth = new int[HorizonMonths + 1];

    public UserLives(ulong seed, int initialUsers, int leads, DateTimeOffset start, bool standsStill)
    {
        this.seed = seed;
        this.leads = leads;
        this.start = start;
        this.standsStill = standsStill;
        InitialUsers = initialUsers;
        var usual = Math.Max(1, initialUsers / 120);
        var month = OrganisationCalendar.LocalDay(start).Month;
        for (var i = 0; i < HorizonMonths && !standsStill; i++, month = (month % 12) + 1)
        {
            joinedBeforeMonth[i + 1] = joinedBeforeMonth[i] + (month == 4 && initialUsers >= 20 ? 4 * usual : usual);
        }

        Capacity = initialUsers + joinedBeforeMonth[HorizonMonths];
    }

    public int InitialUsers { get; }

    /// <summary>How many numbers there are, within ten years of the first day.</summary>
    public int Capacity { get; }

    /// <summary>Special accounts that any organisation of a dozen has, so that every finding has an example.</summary>
    private UserKind KindOf(int index) => (index - leads - 1) switch
    {
        < 0 => UserKind.Member,
        0 => UserKind.Leaver,
        1 => UserKind.Guest,
        2 => UserKind.Shared,
        3 => UserKind.Stale,
        4 => UserKind.BreakGlass,
        5 => UserKind.Service,
        _ => index < InitialUsers ? RandomKind(index) : Noise.Unit(seed, Topic.UserKind, (ulong)index) < 0.08 ? UserKind.Guest : UserKind.Member,
    };

    private UserKind RandomKind(int index) => Noise.Unit(seed, Topic.UserKind, (ulong)index) switch
    {
        < 0.06 => UserKind.Guest,
        < 0.11 => UserKind.Leaver,
        < 0.14 => UserKind.Stale,
        < 0.155 => UserKind.Shared,
        < 0.16 => UserKind.Service,
        _ => UserKind.Member,
    };

    public UserLife Of(int index)
    {
        var kind = KindOf(index);
        var bits = Noise.Bits(seed, Topic.Left, (ulong)index);
        var created = index < InitialUsers ? CreatedBeforeStart(index) : JoinedAt(index);
        if (kind == UserKind.Leaver)
        {
            var left = start.UtcTicks - ((1 + Noise.ToBelow(bits, 300)) * TimeSpan.TicksPerDay);
            return new UserLife(kind, Math.Min(created, left - (200 * TimeSpan.TicksPerDay)), left, left, long.MaxValue);
        }

        var mayLeave = index > leads && !standsStill && kind is UserKind.Member or UserKind.Guest;
        var after = Noise.ToUnit(bits) / LeavingPerYear;
        if (!mayLeave || after >= 10)
        {
            return new UserLife(kind, created, long.MaxValue, long.MaxValue, long.MaxValue);
        }

        return Leaving(kind, Math.Max(created, start.UtcTicks), created, after, Noise.Next(bits));
    }

    private static UserLife Leaving(UserKind kind, long from, long created, double years, ulong bits)
    {
        var lastDay = new DateTimeOffset(from, TimeSpan.Zero).AddDays(30 + (years * 365));
        var left = OrganisationCalendar.At(OrganisationCalendar.WorkdayOnOrBefore(OrganisationCalendar.LocalDay(lastDay)), TimeSpan.FromHours(18));
        var forgotten = bits % 20 == 0 ? 15 + (int)((bits >> 8) % 30) : 0;
        var disabled = left.AddDays(forgotten);
        var deleted = (bits >> 40) % 2 == 0 ? disabled.AddDays(30 + ((bits >> 16) % 90)).UtcTicks : long.MaxValue;
        return new UserLife(kind, created, left.UtcTicks, disabled.UtcTicks, deleted);
    }

    /// <summary>How many numbers had been given out by then; some of them may have gone since.</summary>
    public int CountAt(long ticks)
    {
        if (standsStill || ticks < start.UtcTicks)
        {
            return InitialUsers;
        }

        int low = InitialUsers, high = Capacity;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (JoinedAt(middle) <= ticks)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private long CreatedBeforeStart(int index)
    {
        var bits = Noise.Bits(seed, Topic.Hired, (ulong)index);
        var yearsAgo = 1 + Noise.ToBelow(bits, index <= leads ? 3 : 12);
        var day = OrganisationCalendar.LocalDay(start).AddDays(-365 * yearsAgo);

        // Half of Japan starts work on 1 April.
        day = (bits & 1) == 0 ? new DateOnly(day.Year, 4, 1) : day.AddDays((int)(bits >> 8 & 0xFF));
        var created = OrganisationCalendar.At(day, TimeSpan.FromSeconds((9 * 3600) + ((bits >> 20) % 30000)));
        return Math.Min(created.UtcTicks, start.AddDays(-1).UtcTicks);
    }

    private long JoinedAt(int index)
    {
        var number = index - InitialUsers;
        var month = Array.BinarySearch(joinedBeforeMonth, number);
        month = month >= 0 ? month : ~month - 1;
        var place = number - joinedBeforeMonth[month];
        var intake = joinedBeforeMonth[month + 1] - joinedBeforeMonth[month];
        var first = OrganisationCalendar.LocalDay(start);
        first = new DateOnly(first.Year, first.Month, 1).AddMonths(month);
        var midMonth = first.Month != 4 && place >= (intake + 1) / 2;
        var day = OrganisationCalendar.WorkdayOnOrAfter(midMonth ? first.AddDays(15) : first);
        return OrganisationCalendar.At(day, TimeSpan.FromSeconds((9 * 3600) + (place % 20000))).UtcTicks;
    }
}
