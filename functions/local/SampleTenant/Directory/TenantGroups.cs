using System.Globalization;

namespace SampleTenant.Directory;

/// <summary>What decides who is in a group.</summary>
internal enum GroupRule
{
    /// <summary>Everybody of a department.</summary>
    Department,

    /// <summary>The department groups.</summary>
    AllDepartments,

    /// <summary>A few people of the IT department.</summary>
    Administrators,

    /// <summary>People picked at random, guests included.</summary>
    Project,

    /// <summary>Guests.</summary>
    Guests,

    /// <summary>Nobody any more.</summary>
    Empty,
}

/// <summary>A group of the tenant.</summary>
internal sealed record TenantGroup(
    int Number,
    Guid Id,
    string Name,
    string MailNickname,
    GroupRule Rule,
    int Argument,
    bool IsUnified,
    bool IsRoleAssignable,
    string? DynamicRule,
    DateTimeOffset Created,
    int OwnerIndex);

/// <summary>A member: a user by number, or a group.</summary>
internal readonly record struct GroupMember(int UserIndex, TenantGroup? Group);

/// <summary>The groups: one for each department, one that nests these, one that roles can be given to, and projects.</summary>
internal sealed class TenantGroups
{
    private static readonly (string Ja, string En)[] Projects =
    [
        ("新基幹システム", "New core system"), ("展示会", "Trade fair"), ("全社 DX", "Digital transformation"), ("品質改善", "Quality improvement"),
        ("海外展開", "Overseas expansion"), ("働き方改革", "Work style reform"), ("工場移転", "Factory relocation"), ("新製品開発", "New product"),
    ];

    private readonly TenantDirectory directory;

    // The pages of one listing ask for the same members again and again, and finding them means going through everybody.
    private Found? last;

    public TenantGroups(TenantDirectory directory)
    {
        this.directory = directory;
        var departments = directory.Departments.Select(DepartmentGroup).ToList();
        var next = departments.Count;
        var projects = Math.Clamp(directory.InitialUsers / 15, 2, 2000);
        All =
        [
            .. departments,
            Group(next, Ja("全社員", "All staff"), "all-staff", GroupRule.AllDepartments, 0, created: -2000),
            Group(next + 1, Ja("IT 運用管理者", "IT operators"), "it-operators", GroupRule.Administrators, 0, isRoleAssignable: true, created: -500),
            Group(next + 2, Ja("社外協力者", "External partners"), "partners", GroupRule.Guests, 0, created: -900),
            Group(next + 3, Ja("旧プロジェクト", "Former project"), "former-project", GroupRule.Empty, 0, created: -1500),
            .. Enumerable.Range(0, projects).Select(i => Project(next + 4 + i, i)),
        ];
    }

    public IReadOnlyList<TenantGroup> All { get; }

    public TenantGroup RoleAssignable => All.First(group => group.IsRoleAssignable);

    public IReadOnlyList<TenantGroup> At(DateTimeOffset time) => [.. All.Where(group => group.Created <= time)];

    public TenantGroup? Find(Guid id)
    {
        var number = ObjectIds.IndexOf(directory.Seed, Topic.GroupId, id);
        return number >= 0 && number < All.Count ? All[number] : null;
    }

    /// <summary>The direct members at a time. Who left stays a member until the account is deleted, as it happens.</summary>
    public IReadOnlyList<GroupMember> Members(TenantGroup group, DateTimeOffset time)
    {
        if (last is not { } found || found.Number != group.Number || found.Time != time)
        {
            last = found = new Found(group.Number, time, FindMembers(group, time));
        }

        return found.Members;
    }

    private List<GroupMember> FindMembers(TenantGroup group, DateTimeOffset time) => group.Rule switch
    {
        GroupRule.AllDepartments => [.. All.Where(other => other.Rule == GroupRule.Department).Select(other => new GroupMember(-1, other))],
        GroupRule.Department => Users(time, index => directory.DepartmentOf(index) == group.Argument),
        GroupRule.Guests => Users(time, index => directory.Lives.Of(index).Kind == UserKind.Guest),
        GroupRule.Administrators => [.. Users(time, index => directory.DepartmentOf(index) == 1).Take(4)],
        GroupRule.Project => ProjectMembers(group, time),
        _ => [],
    };

    /// <summary>All users in a group and the groups within, and these groups.</summary>
    public IReadOnlyList<GroupMember> TransitiveMembers(TenantGroup group, DateTimeOffset time)
    {
        var seen = new HashSet<GroupMember>();
        var open = new Queue<TenantGroup>([group]);
        var all = new List<GroupMember>();
        while (open.TryDequeue(out var next))
        {
            foreach (var member in Members(next, time).Where(seen.Add))
            {
                all.Add(member);
                if (member.Group is { } inner)
                {
                    open.Enqueue(inner);
                }
            }
        }

        return all;
    }

    private List<GroupMember> Users(DateTimeOffset time, Func<int, bool> belongs) =>
        [.. Enumerable.Range(0, directory.Lives.CountAt(time.UtcTicks))
            .Where(index => belongs(index) && directory.Lives.Of(index).ExistsAt(time.UtcTicks))
            .Select(index => new GroupMember(index, null))];

    private List<GroupMember> ProjectMembers(TenantGroup group, DateTimeOffset time)
    {
        var size = 4 + Noise.Below(directory.Seed, Topic.GroupFacts, (ulong)group.Number, 12);
        return [.. Enumerable.Range(0, size)
            .Select(i => Noise.Below(directory.Seed, Topic.GroupMember, ((ulong)group.Number << 20) | (uint)i, directory.InitialUsers))
            .Distinct()
            .Where(index => directory.Lives.Of(index).ExistsAt(time.UtcTicks))
            .Select(index => new GroupMember(index, null))];
    }

    private TenantGroup DepartmentGroup(Department department) => Group(
        department.Number, Ja(department.Ja, department.En), $"dept-{department.Code}", GroupRule.Department, department.Number,
        owner: department.Number + 1, dynamicRule: department.Number % 3 == 2 ? $"(user.department -eq \"{Ja(department.Ja, department.En)}\")" : null, created: -2200);

    private TenantGroup Project(int number, int index)
    {
        var (ja, en) = Projects[index % Projects.Length];
        var round = (index / Projects.Length) + 1;
        var name = Ja($"PJ {ja}", $"Project {en}") + (round > 1 ? string.Create(CultureInfo.InvariantCulture, $" {round}") : "");
        var created = index % 7 == 3 ? 30 + (index % 300) : -40 - (index * 13 % 900);
        var owner = index % 4 == 1 ? -1 : Noise.Below(directory.Seed, Topic.GroupFacts, (ulong)number + (1UL << 32), directory.InitialUsers);
        var nickname = string.Create(CultureInfo.InvariantCulture, $"project-{index + 1}");
        return Group(number, name, nickname, GroupRule.Project, index, isUnified: true, owner: owner, created: created);
    }

    private TenantGroup Group(
        int number,
        string name,
        string nickname,
        GroupRule rule,
        int argument,
        bool isUnified = false,
        bool isRoleAssignable = false,
        string? dynamicRule = null,
        int owner = 2,
        int created = 0) => new(
        number,
        ObjectIds.Create(directory.Seed, Topic.GroupId, number),
        name,
        nickname,
        rule,
        argument,
        isUnified,
        isRoleAssignable,
        dynamicRule,
        directory.Start.AddDays(created).AddHours(13),
        owner);

    private string Ja(string ja, string en) => directory.IsJapanese ? ja : en;

    private sealed record Found(int Number, DateTimeOffset Time, IReadOnlyList<GroupMember> Members);
}
