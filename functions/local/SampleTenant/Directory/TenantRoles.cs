namespace SampleTenant.Directory;

/// <summary>A built-in directory role, by its documented template id.</summary>
internal sealed record RoleDefinition(Guid Id, string Name, string Description, bool IsPrivileged);

/// <summary>Who has a role, from when to when.</summary>
/// <param name="Number">A number for ids.</param>
/// <param name="Principal">The principal's object id.</param>
/// <param name="PrincipalType"><c>user</c>, <c>group</c> or <c>servicePrincipal</c>.</param>
/// <param name="UserIndex">The user's number, or -1.</param>
/// <param name="Role">The role.</param>
/// <param name="IsEligible">Eligible under privileged identity management rather than active.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
internal sealed record RoleGrant(
    int Number, Guid Principal, string PrincipalType, int UserIndex, RoleDefinition Role, bool IsEligible, DateTimeOffset From, DateTimeOffset? To)
{
    public bool HoldsAt(DateTimeOffset time) => From <= time && !(To <= time);
}

/// <summary>
/// Roles and who has them: more global administrators than anybody recommends, a leaver and a guest among the privileged, a role given
/// through a group and to a program, and grants that come and go in the course of the year.
/// </summary>
internal sealed class TenantRoles
{
    public static readonly IReadOnlyList<RoleDefinition> Definitions =
    [
        Role("62e90394-69f5-4237-9190-012177145e10", "Global Administrator", "Can manage all aspects of the directory and of services that use its identities.", true),
        Role("e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator", "Can manage role assignments and privileged identity management.", true),
        Role("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", "Can manage all aspects of users and groups.", true),
        Role("194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator", "Can read security information and manage its configuration.", true),
        Role("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator", "Can manage all aspects of app registrations and enterprise apps.", true),
        Role("b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator", "Can manage conditional access.", true),
        Role("c4e39bd9-1100-46d3-8c65-fb160da0071f", "Authentication Administrator", "Can manage authentication methods of non-administrators.", true),
        Role("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator", "Can reset passwords of non-administrators.", true),
        Role("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator", "Can manage all aspects of Exchange.", false),
        Role("f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator", "Can manage all aspects of SharePoint.", false),
        Role("69091246-20e8-4a56-aa4d-066075b2a7a8", "Teams Administrator", "Can manage Teams.", false),
        Role("3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator", "Can manage all aspects of Intune.", true),
        Role("b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator", "Can perform billing tasks.", false),
        Role("17315797-102d-40b4-93e0-432062caca18", "Compliance Administrator", "Can manage compliance configuration.", false),
        Role("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", "Can read everything a global administrator can, but update nothing.", true),
        Role("5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader", "Can read security information.", true),
        Role("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers", "Can read basic directory information.", false),
        Role("95e79109-95c0-4d8e-aee3-d01accf2d47b", "Guest Inviter", "Can invite guests.", false),
    ];

    private readonly TenantDirectory directory;
    private readonly List<RoleGrant> grants = [];

    public TenantRoles(TenantDirectory directory, TenantApplications applications, Guid roleAssignableGroup)
    {
        this.directory = directory;
        var it = directory.Departments.First(department => department.Code == "it");
        var people = directory.PermanentMembers(it).Skip(1).Take(12).Select(user => user.Index).ToList();
        AddGlobalAdministrators(people);
        AddOtherRoles(people);
        AddForgottenOnes();
        Grant(roleAssignableGroup, "group", -1, "Helpdesk Administrator", false, -500);
        Grant(applications.All[^1].ServicePrincipalId, "servicePrincipal", -1, "Directory Readers", false, -90);
        AddEligible(people);
        Administrators = [.. grants.Where(grant => grant.UserIndex >= 0 && !grant.IsEligible).Select(grant => grant.UserIndex).Distinct().Order()];
    }

    /// <summary>Numbers of the users with an active role at some time.</summary>
    public IReadOnlyList<int> Administrators { get; }

    public IReadOnlyList<RoleGrant> All => grants;

    public IReadOnlyList<RoleGrant> ActiveAt(DateTimeOffset time) => [.. grants.Where(grant => !grant.IsEligible && grant.HoldsAt(time))];

    public IReadOnlyList<RoleGrant> EligibleAt(DateTimeOffset time) => [.. grants.Where(grant => grant.IsEligible && grant.HoldsAt(time))];

    /// <summary>
    /// Eligible roles that are activated at that time, each with its origin: on some working days, from the morning for eight hours.
    /// </summary>
    public IReadOnlyList<(RoleGrant Origin, DateTimeOffset From, DateTimeOffset To)> ActivatedAt(DateTimeOffset time)
    {
        var day = OrganisationCalendar.LocalDay(time);
        return [.. EligibleAt(time)
            .Where(grant => OrganisationCalendar.IsWorkday(day)
                && Noise.Unit(directory.Seed, Topic.RoleSchedule, ((ulong)day.DayNumber << 20) | (uint)grant.Number) < 0.2)
            .Select(grant => (grant, From: OrganisationCalendar.At(day, TimeSpan.FromMinutes(545 + (grant.Number % 60)))))
            .Select(activation => (activation.grant, activation.From, To: activation.From.AddHours(8)))
            .Where(activation => activation.From <= time && time < activation.To)];
    }

    private void AddGlobalAdministrators(List<int> people)
    {
        GrantUser(0, "Global Administrator", -900);
        GrantUser(2, "Global Administrator", -900);
        if (directory.InitialUsers < 12)
        {
            return;
        }

        GrantUser(directory.Departments.Count + 5, "Global Administrator", -900);
        foreach (var index in people.Take(directory.InitialUsers < 100 ? 3 : 4))
        {
            GrantUser(index, "Global Administrator", -400 - index);
        }

        // Somebody is made an administrator for a migration in August and taken off the list in December.
        GrantUser(directory.Departments.Count + 7 < directory.InitialUsers ? 3 : 1, "Global Administrator", 137, 255);
    }

    private void AddOtherRoles(List<int> people)
    {
        string[] roles =
        [
            "User Administrator", "Security Administrator", "Exchange Administrator", "SharePoint Administrator", "Teams Administrator",
            "Intune Administrator", "Application Administrator",
        ];
        for (var i = 0; i < roles.Length && people.Count > 0; i++)
        {
            GrantUser(people[i % people.Count], roles[i], -300 + (i * 20));
        }

        GrantUser(1, "Billing Administrator", -700);
        GrantUser(1, "Global Reader", 60);
    }

    private void AddForgottenOnes()
    {
        var leaver = directory.Departments.Count + 1;
        GrantUser(leaver, "User Administrator", -800);
        if (leaver + 1 < directory.InitialUsers)
        {
            GrantUser(leaver + 1, "Global Reader", -120);
        }
    }

    private void AddEligible(List<int> people)
    {
        string[] roles =
        [
            "Global Administrator", "Privileged Role Administrator", "Conditional Access Administrator", "Authentication Administrator",
            "Compliance Administrator",
        ];
        for (var i = 0; i < roles.Length; i++)
        {
            var index = people.Count > 0 ? people[(i + 2) % people.Count] : 2;
            Grant(directory.UserId(index), "user", index, roles[i], true, -200 + (i * 10), i % 2 == 0 ? 400 : null);
        }

        // Becomes eligible in October.
        Grant(directory.UserId(3), "user", 3, "User Administrator", true, 190, null);
    }

    private void GrantUser(int index, string role, int fromDay, int? toDay = null) =>
        Grant(directory.UserId(index), "user", index, role, false, fromDay, toDay);

    private void Grant(Guid principal, string type, int userIndex, string role, bool eligible, int fromDay, int? toDay = null) => grants.Add(new RoleGrant(
        grants.Count,
        principal,
        type,
        userIndex,
        Definitions.First(definition => definition.Name == role),
        eligible,
        directory.Start.AddDays(fromDay).AddHours(10.25),
        toDay is { } end ? directory.Start.AddDays(end).AddHours(17) : null));

    private static RoleDefinition Role(string id, string name, string description, bool isPrivileged) => new(new Guid(id), name, description, isPrivileged);
}
