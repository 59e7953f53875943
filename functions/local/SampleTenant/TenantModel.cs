using SampleTenant.Directory;
using SampleTenant.Logs;

namespace SampleTenant;

/// <summary>Everything that is true of the organisation, at any time; nothing of it changes while the server runs.</summary>
internal sealed class TenantModel
{
    // A direct-mapped cache: a user costs a microsecond to compute, and the same ones come up again and again.
    private readonly TenantUser?[] recent = new TenantUser?[4096];
    private readonly SampleTenantOptions options;

    public TenantModel(SampleTenantOptions options)
    {
        this.options = options;
        Directory = new TenantDirectory(options);
        TenantId = ObjectIds.Create(Directory.Seed, Topic.Tenant, 0);
        Applications = new TenantApplications(Directory);
        Groups = new TenantGroups(Directory);
        Roles = new TenantRoles(Directory, Applications, Groups.RoleAssignable.Id);
        Policies = new ConditionalAccessPolicies(Directory);
        Programs = [.. Applications.All.Where(app => !app.IsManagedIdentity && app.Number >= TenantApplications.FirstPartyCount)];
        ManagedIdentities = [.. Applications.All.Where(app => app.IsManagedIdentity)];
        LeaverIndex = Directory.Departments.Count + 1 < Directory.InitialUsers ? Directory.Departments.Count + 1 : -1;
        SignInFeeds =
        [
            Feed(SignInKind.InteractiveUser, DayShape.Office, InteractiveOn),
            Feed(SignInKind.NonInteractiveUser, DayShape.Office, day => 3 * InteractiveOn(day)),
            Feed(SignInKind.ServicePrincipal, DayShape.Steady, _ => 24 * Programs.Count),
            Feed(SignInKind.ManagedIdentity, DayShape.Steady, _ => 12 * ManagedIdentities.Count),
        ];
        DirectoryEvents = new DirectoryEventFeed(this, feed: 1);
        var audits = Math.Max(10, options.Users / 15);
        AuditFeeds =
        [
            new ComputedFeed(Directory.Seed, Topic.Audit, 0, DayShape.Office, day => OrganisationCalendar.IsWorkday(day) ? audits : audits / 8),
            DirectoryEvents,
        ];
        RiskFeeds = [new ComputedFeed(Directory.Seed, Topic.Risk, 0, DayShape.Office, _ => Math.Max(1, options.Users / 300))];
    }

    public TenantDirectory Directory { get; }

    /// <summary>The log of the directory's own changes.</summary>
    public DirectoryEventFeed DirectoryEvents { get; }

    /// <summary>The daily round, and the changes.</summary>
    public IReadOnlyList<ILogFeed> AuditFeeds { get; }

    public Guid TenantId { get; }

    public TenantApplications Applications { get; }

    public TenantGroups Groups { get; }

    public TenantRoles Roles { get; }

    public ConditionalAccessPolicies Policies { get; }

    public IReadOnlyList<TenantApplication> Programs { get; }

    public IReadOnlyList<TenantApplication> ManagedIdentities { get; }

    /// <summary>The number of somebody who left and still tries to sign in, or -1.</summary>
    public int LeaverIndex { get; }

    /// <summary>One feed for each <see cref="SignInKind"/>.</summary>
    public IReadOnlyList<ILogFeed> SignInFeeds { get; }

    /// <summary>Risk detections.</summary>
    public IReadOnlyList<ILogFeed> RiskFeeds { get; }

    public TenantUser User(int index)
    {
        ref var slot = ref recent[index & (recent.Length - 1)];
        var user = slot;
        if (user?.Index != index)
        {
            slot = user = Directory.User(index);
        }

        return user;
    }

    private double InteractiveOn(DateOnly day)
    {
        // Five in six accounts belong to somebody at work.
        var workday = options.SignInsPerDay
            ?? Math.Ceiling(12 * 0.85 * Directory.Lives.CountAt(OrganisationCalendar.At(day, TimeSpan.Zero).UtcTicks));
        return OrganisationCalendar.IsWorkday(day) ? workday : Math.Ceiling(workday / 10);
    }

    private ComputedFeed Feed(SignInKind kind, DayShape shape, Func<DateOnly, double> totalOf) =>
        new(Directory.Seed, Topic.SignIn, (int)kind, shape, totalOf);
}
