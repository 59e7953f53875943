using System.Text.Json;
using System.Text.Json.Serialization;
using Isms.Notifications;
using Isms.Organizations;

namespace Isms.Tests.Organizations;

public sealed class OrganizationRulesTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private static readonly Organization Sample = ReadSample();

    [Fact]
    public void The_sample_organisation_breaks_no_rule() => Assert.Null(OrganizationRules.FirstBrokenRule(Sample));

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void A_fiscal_year_starts_in_a_month(int month) =>
        AssertRefused(Sample with { FiscalYearStartMonth = month }, "fiscal-year-start-month", "fiscalYearStartMonth");

    [Fact]
    public void The_time_zone_must_be_known() => AssertRefused(Sample with { TimeZone = "Asia/Atlantis" }, "time-zone-unknown", "timeZone");

    [Fact]
    public void Only_Japanese_and_English_are_offered() => AssertRefused(Sample with { Culture = "fr-FR" }, "culture-not-offered", "culture");

    [Fact]
    public void Two_people_cannot_share_an_id() =>
        AssertRefused(Sample with { People = [.. Sample.People, Sample.People[0]] }, "id-not-unique-or-plain", "people");

    [Fact]
    public void A_digest_cannot_go_out_in_the_quiet_hours() =>
        AssertRefused(Sample with { Notifications = new() { DigestAt = new TimeOnly(7, 30) } }, "digest-in-quiet-hours", "notifications.digestAt");

    [Fact]
    public void A_channel_is_chosen_for_a_person_or_a_role_who_is_known()
    {
        ChannelChoice[] unclear = [new([Channel.Teams]), new([Channel.Teams], Role.Secretariat, "nakamura"), new([Channel.Teams], Person: "nobody"), new([], Role.Secretariat)];
        Assert.All(unclear, c => AssertRefused(Sample with { Notifications = new() { Channels = [c] } }, "channel-choice-unclear", "notifications.channels"));
        ChannelChoice[] clear = [new([Channel.Teams], Role.Secretariat), new([Channel.Mail, Channel.Teams], Person: "nakamura")];
        Assert.Null(OrganizationRules.FirstBrokenRule(Sample with { Notifications = new() { Channels = clear } }));
    }

    [Theory]
    [InlineData("Sales")]
    [InlineData("sales dept")]
    [InlineData("営業")]
    [InlineData("")]
    [InlineData("../x")]
    public void A_department_id_that_could_not_stand_in_a_path_is_refused(string id) =>
        AssertRefused(Sample with { Departments = [.. Sample.Departments, Sample.Departments[0] with { Id = id }] }, "id-not-unique-or-plain", "departments");

    [Fact]
    public void Every_department_has_a_lead_who_exists() =>
        AssertRefused(Sample with { Departments = [Sample.Departments[0] with { LeadId = "nobody" }, .. Sample.Departments.Skip(1)] }, "department-without-lead", "departments.sales.leadId");

    [Fact]
    public void Everyone_but_the_external_auditor_works_in_a_department() =>
        AssertRefused(Sample with { People = [.. Sample.People, Sample.People[0] with { Id = "x", DepartmentId = "gone" }] }, "person-without-department", "people.x.departmentId");

    [Fact]
    public void Everyone_can_be_written_to() =>
        AssertRefused(Sample with { People = [.. Sample.People, Sample.People[0] with { Id = "x", Mail = "nobody" }] }, "mail-malformed", "people.x.mail");

    [Theory]
    [InlineData(Role.TopManagement)]
    [InlineData(Role.IsmsManager)]
    [InlineData(Role.PersonInCharge)]
    [InlineData(Role.Secretariat)]
    [InlineData(Role.InternalAuditor)]
    [InlineData(Role.SystemAdministrator)]
    public void Every_role_that_the_year_needs_is_held_by_somebody(Role role)
    {
        var without = Sample with { People = [.. Sample.People.Select(p => p with { Roles = [.. p.Roles.Where(r => r != role)] })] };
        AssertRefused(without, "role-not-held", "people");
        Assert.Equal(role.ToString(), OrganizationRules.FirstBrokenRule(without)!.Value);
    }

    private static void AssertRefused(Organization organization, string code, string field)
    {
        var refusal = OrganizationRules.FirstBrokenRule(organization);
        Assert.NotNull(refusal);
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    private static Organization ReadSample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IsmsFunctions.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No IsmsFunctions.sln above the tests.");
        }

        return JsonSerializer.Deserialize<Organization>(File.ReadAllText(Path.Combine(folder.FullName, "scripts", "sample", "isms.json")), Options)!;
    }
}
