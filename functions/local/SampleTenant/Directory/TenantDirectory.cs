using System.Collections.Concurrent;

namespace SampleTenant.Directory;

/// <summary>
/// The people of the sample organisation. A pure function of its options: nothing is stored but what a lookup by name found.
/// </summary>
public sealed class TenantDirectory
{
    /// <summary>The verified domain of the organisation (a reserved name: nobody's).</summary>
    public const string Domain = "mihon-works.example";

    /// <summary>The initial domain.</summary>
    public const string InitialDomain = "mihonworks.onmicrosoft.example";

    private static readonly (string Ja, string En)[] Titles =
    [
        ("課長", "Manager"), ("主任", "Senior staff"), ("担当", "Staff"), ("担当", "Staff"), ("担当", "Staff"), ("契約社員", "Contract staff"), ("主任", "Senior staff"), ("担当", "Staff"),
    ];

    private readonly UserNames names;
    private readonly ConcurrentDictionary<string, int> byPrincipalName = new(StringComparer.OrdinalIgnoreCase);
    private readonly int totalWeight;

    /// <summary>Describes the organisation of these options.</summary>
    public TenantDirectory(SampleTenantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Users, 5);
        Seed = (ulong)options.Seed;
        IsJapanese = options.Culture.StartsWith("ja", StringComparison.OrdinalIgnoreCase);
        Start = options.Start.ToUniversalTime();
        Departments = Department.For(options.Users);
        totalWeight = Departments.Sum(department => department.Weight);
        names = new UserNames(Seed, IsJapanese);
        Lives = new UserLives(Seed, options.Users, Departments.Count, Start, options.Fixed);
    }

    /// <summary>The departments; the lead of number <c>n</c> is user <c>n + 1</c>.</summary>
    public IReadOnlyList<Department> Departments { get; }

    /// <summary>The first day of the sample.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How many user objects there are on the first day.</summary>
    public int InitialUsers => Lives.InitialUsers;

    /// <summary>The head of the organisation (top management).</summary>
    public TenantUser President => User(0);

    internal ulong Seed { get; }

    internal bool IsJapanese { get; }

    internal UserLives Lives { get; }

    /// <summary>The person responsible for a department.</summary>
    public TenantUser Lead(Department department) => User(department.Number + 1);

    /// <summary>Employees of a department who stay for at least three years: those a script can rely on. The lead comes first.</summary>
    public IEnumerable<TenantUser> PermanentMembers(Department department) =>
        Enumerable.Range(0, InitialUsers)
            .Where(index => DepartmentOf(index) == department.Number)
            .Select(User)
            .Where(user => user.Kind == UserKind.Member && !(user.Left < Start.AddYears(3)) && user.Index != 0);

    /// <summary>All user objects at a time, in listing order.</summary>
    public IEnumerable<TenantUser> UsersAt(DateTimeOffset time) =>
        Enumerable.Range(0, Lives.CountAt(time.UtcTicks)).Where(index => Lives.Of(index).ExistsAt(time.UtcTicks)).Select(User);

    /// <summary>The user of an object id or user principal name, whether there yet or not; null if there never is one.</summary>
    public TenantUser? Find(string idOrPrincipalName)
    {
        ArgumentNullException.ThrowIfNull(idOrPrincipalName);
        if (Guid.TryParse(idOrPrincipalName, out var id))
        {
            var index = ObjectIds.IndexOf(Seed, Topic.UserId, id);
            return index >= 0 && index < Lives.Capacity ? User(index) : null;
        }

        if (!byPrincipalName.TryGetValue(idOrPrincipalName, out var found))
        {
            found = Enumerable.Range(0, Lives.Capacity)
                .FirstOrDefault(i => string.Equals(User(i).UserPrincipalName, idOrPrincipalName, StringComparison.OrdinalIgnoreCase), -1);
            if (found < 0)
            {
                return null;
            }

            byPrincipalName[idOrPrincipalName] = found;
        }

        return User(found);
    }

    /// <summary>The user of a number.</summary>
    public TenantUser User(int index)
    {
        var life = Lives.Of(index);
        var name = names.Of(index, life.Kind);
        var department = DepartmentOf(index);
        var (principalName, mail) = Addresses(index, life.Kind, name.Local);
        return new TenantUser(
            index,
            UserId(index),
            life.Kind,
            name.Display,
            name.Given,
            name.Family,
            principalName,
            mail,
            department < 0 ? null : Departments[department],
            department < 0 ? null : TitleOf(index),
            ManagerOf(index, department),
            Time(life.Created)!.Value,
            Time(life.Left),
            Time(life.Disabled),
            Time(life.Deleted));
    }

    internal Guid UserId(int index) => ObjectIds.Create(Seed, Topic.UserId, index);

    /// <summary>The number of a user's department, or -1; cheaper than the whole user.</summary>
    internal int DepartmentOf(int index)
    {
        if (index == 0)
        {
            return Departments.FirstOrDefault(department => department.Code == "planning", Departments[0]).Number;
        }

        if (index <= Departments.Count)
        {
            return index - 1;
        }

        if (Lives.Of(index).Kind is UserKind.Guest or UserKind.Shared or UserKind.Service or UserKind.BreakGlass)
        {
            return -1;
        }

        var place = Noise.Below(Seed, Topic.Department, (ulong)index, totalWeight);
        var number = 0;
        while (place >= Departments[number].Weight)
        {
            place -= Departments[number++].Weight;
        }

        return number;
    }

    private static (string PrincipalName, string? Mail) Addresses(int index, UserKind kind, string local)
    {
        if (kind != UserKind.Guest)
        {
            var address = $"{local}@{Domain}";
            return (address, kind is UserKind.Service or UserKind.BreakGlass ? null : address);
        }

        var partner = NameLists.Partners[index % NameLists.Partners.Length].Domain;
        return ($"{local}_{partner}#EXT#@{InitialDomain}", $"{local}@{partner}");
    }

    private string TitleOf(int index)
    {
        var (ja, en) = index == 0 ? ("代表取締役社長", "President")
            : index <= Departments.Count ? ("部長", "General manager")
            : Titles[Noise.Below(Seed, Topic.Person, (ulong)index + (1UL << 32), Titles.Length)];
        return IsJapanese ? ja : en;
    }

    private int ManagerOf(int index, int department) =>
        index == 0 || department < 0 ? -1
        : index <= Departments.Count ? 0
        : Noise.Below(Seed, Topic.Person, (ulong)index + (2UL << 32), 100) < 3 ? -1
        : department + 1;

    private static DateTimeOffset? Time(long ticks) => ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
