using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Isms.Certification;
using Isms.Notifications;
using Isms.Registers;
using Isms.Risks;
using Isms.Text;
using Isms.Year;

namespace Isms.Organizations;

/// <summary>The organisation whose management system this is: its settings file <c>isms.json</c>.</summary>
public sealed record Organization
{
    /// <summary>Where the schema of this file lies, for editors that help to write it; the app does not follow it.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The organisation's name.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>The culture of mails and documents: <c>ja-JP</c> (default) or <c>en-US</c>.</summary>
    [AllowedValues("ja-JP", "en-US")]
    public string Culture { get; init; } = "ja-JP";

    /// <summary>IANA time zone in which dates and office hours are meant.</summary>
    public string TimeZone { get; init; } = "Asia/Tokyo";

    /// <summary>The month in which the fiscal year starts, 1–12.</summary>
    [Range(1, 12)]
    public int FiscalYearStartMonth { get; init; } = 4;

    /// <summary>Departments, each with its lead.</summary>
    public IReadOnlyList<Department> Departments { get; init; } = [];

    /// <summary>Places where information is handled.</summary>
    public IReadOnlyList<Site> Sites { get; init; } = [];

    /// <summary>What the organisation adds to its registers, by the register's name.</summary>
    public IReadOnlyDictionary<string, RegisterSettings> Registers { get; init; } = new Dictionary<string, RegisterSettings>();

    /// <summary>Everyone who has a part in the management system (clause 5.3).</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>Roles that pass to somebody else on a day; see <see cref="OrganizationInTime"/>.</summary>
    public IReadOnlyList<Handover> Handovers { get; init; } = [];

    /// <summary>Who acts for whom while somebody is away.</summary>
    public IReadOnlyList<Delegation> Delegations { get; init; } = [];

    /// <summary>Days off beyond the Japanese public holidays, such as the year-end closure.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>What the organisation adds to the standard's yearly duties, moves, or drops.</summary>
    public IReadOnlyList<PlanChange> PlanChanges { get; init; } = [];

    /// <summary>The limits that monitoring evidence is held against.</summary>
    public PolicyLimits Policy { get; init; } = new();

    /// <summary>How risks are assessed (clause 6.1.2 a).</summary>
    public RiskMethod RiskMethod { get; init; } = RiskMethod.Default;

    /// <summary>The certificate, or the planned first certification; null where none is wanted.</summary>
    public CertificationSettings? Certification { get; init; }

    /// <summary>When and by which channel people are written to.</summary>
    public NotificationPolicy Notifications { get; init; } = new();

    /// <summary>The person of this id, or null.</summary>
    public Person? FindPerson(string id) => People.FirstOrDefault(p => p.Id == id);

    /// <summary>The department of this id, or null.</summary>
    public Department? FindDepartment(string id) => Departments.FirstOrDefault(d => d.Id == id);

    /// <summary>The people who hold a role, in the order of the file.</summary>
    public IEnumerable<Person> InRole(Role role) => People.Where(p => p.Roles.Contains(role));
}

/// <summary>A department (部門).</summary>
/// <param name="Id">Short stable id, such as <c>sales</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="LeadId">The department lead's person id.</param>
public sealed record Department(string Id, LocalizedText Name, string LeadId);

/// <summary>A site (拠点): an office, a data centre, people's homes.</summary>
/// <param name="Id">Short stable id, such as <c>head-office</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="LeadId">The person id of who answers for it; null where nobody in particular does.</param>
public sealed record Site(string Id, LocalizedText Name, string? LeadId = null);

/// <summary>What an organisation adds to a register.</summary>
public sealed record RegisterSettings
{
    /// <summary>Its own fields; their names begin with <c>x-</c>.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; init; } = [];
}

/// <summary>A person with a part in the management system.</summary>
/// <param name="Id">Short stable id.</param>
/// <param name="Name">The name as written in each language.</param>
/// <param name="Mail">Where to write to.</param>
/// <param name="DepartmentId">The department the person works in: nobody audits it.</param>
/// <param name="Roles">The roles held.</param>
/// <param name="AuditorQualifiedUntil">For internal auditors: the last day on which the qualification holds; null means not qualified.</param>
/// <param name="Until">The last day on which the person holds roles; null while no end is known.</param>
public sealed record Person(
    string Id,
    LocalizedText Name,
    string Mail,
    string DepartmentId,
    IReadOnlyList<Role> Roles,
    DateOnly? AuditorQualifiedUntil = null,
    DateOnly? Until = null);

/// <summary>What somebody does for the management system passes to somebody else for good (clause 5.3). Open work moves with the role.</summary>
/// <param name="From">The person id of who hands over.</param>
/// <param name="To">The person id of who takes over.</param>
/// <param name="On">The first day on which it is the successor's.</param>
/// <param name="Role">The role; null for every role, with the departments and sites the person leads.</param>
public sealed record Handover(string From, string To, DateOnly On, Role? Role = null);

/// <summary>Somebody acts for somebody else for a time. Both may act; what the delegate does is recorded as done on behalf of the other.</summary>
/// <param name="From">The person id of who is represented.</param>
/// <param name="To">The person id of the delegate.</param>
/// <param name="Since">The first day.</param>
/// <param name="Until">The last day.</param>
/// <param name="Role">The role; null for every role the person holds.</param>
public sealed record Delegation(string From, string To, DateOnly Since, DateOnly Until, Role? Role = null);

/// <summary>Roles of the management system (clause 5.3).</summary>
public enum Role
{
    /// <summary>Top management (トップマネジメント).</summary>
    TopManagement,

    /// <summary>ISMS manager (情報セキュリティ管理責任者).</summary>
    IsmsManager,

    /// <summary>Person in charge (担当者).</summary>
    PersonInCharge,

    /// <summary>Secretariat (事務局).</summary>
    Secretariat,

    /// <summary>Department lead (部門責任者).</summary>
    DepartmentLead,

    /// <summary>Internal auditor (内部監査員).</summary>
    InternalAuditor,

    /// <summary>System administrator (システム管理者).</summary>
    SystemAdministrator,

    /// <summary>External auditor (審査員).</summary>
    ExternalAuditor,
}

/// <summary>What the organisation's own policy demands; collectors report what exceeds it. Days and counts as named.</summary>
public sealed record PolicyLimits
{
    /// <summary>An enabled account without a sign-in for more days than this is stale.</summary>
    public int StaleAccountDays { get; init; } = 90;

    /// <summary>The most global administrators the organisation permits itself.</summary>
    public int MaximumGlobalAdministrators { get; init; } = 4;

    /// <summary>The fewest global administrators: a single one is a single point of failure.</summary>
    public int MinimumGlobalAdministrators { get; init; } = 2;

    /// <summary>Guests must be reviewed within this many days of their creation or last sign-in.</summary>
    public int GuestReviewDays { get; init; } = 180;

    /// <summary>More failed sign-ins of one account in a day than this are an exception.</summary>
    public int FailedSignInsPerDay { get; init; } = 20;

    /// <summary>Countries (ISO 3166-1 alpha-2) that sign-ins are expected from.</summary>
    public IReadOnlyList<string> ExpectedCountries { get; init; } = ["JP"];

    /// <summary>The shortest password that the rules permit.</summary>
    public int MinimumPasswordLength { get; init; } = 8;

    /// <summary>An account is to be locked after at most so many wrong passwords.</summary>
    public int MaximumLockoutThreshold { get; init; } = 10;

    /// <summary>A locked account is to stay locked for at least so many seconds.</summary>
    public int MinimumLockoutSeconds { get; init; } = 60;

    /// <summary>Authentication methods that are not to be permitted, as Entra ID names them.</summary>
    public IReadOnlyList<string> ForbiddenAuthenticationMethods { get; init; } = ["Sms", "Voice"];

    /// <summary>A secret or certificate of an application that ends within so many days is to be renewed.</summary>
    public int CredentialRenewalDays { get; init; } = 30;

    /// <summary>A secret or certificate of an application is valid for at most so many days.</summary>
    public int MaximumCredentialDays { get; init; } = 730;

    /// <summary>A managed device that has not been heard of for more days than this is to be looked for.</summary>
    public int DeviceContactDays { get; init; } = 30;

    /// <summary>Alerts, incidents and risky users are to be dealt with within so many days.</summary>
    public int AlertDays { get; init; } = 7;

    /// <summary>The least share of the secure score, in per cent.</summary>
    public int MinimumSecureScorePercent { get; init; } = 40;

    /// <summary>The largest share of people, in per cent, who may fall for a simulated attack.</summary>
    public int MaximumCompromisedPercent { get; init; } = 10;
}
