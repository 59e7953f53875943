using System.Text.Json;
using Isms.Monitoring;
using Isms.Monitoring.Snapshots;
using Isms.Organizations;

namespace Isms.Tests.Monitoring;

public sealed class SnapshotAnalysisTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PolicyLimits Policy = new();

    [Fact]
    public void Unused_shared_and_left_accounts_are_exceptions_and_persons_at_work_are_not()
    {
        Assert.Equal(
            [("disabled-account-with-licence", "gone"), ("leaver-with-enabled-account", "leaver"), ("shared-account", "info"), ("stale-account", "never"), ("stale-account", "stale")],
            CodesOf(
                new AccountsAnalysis(Context()), AccountsAnalysis.Users,
                User("at-work", "\"signInActivity\":{\"lastSignInDateTime\":\"2026-06-30T00:00:00Z\"}"),
                User("stale", "\"signInActivity\":{\"lastSignInDateTime\":\"2026-03-01T00:00:00Z\",\"lastNonInteractiveSignInDateTime\":\"2026-03-20T00:00:00Z\"}"),
                User("never", "\"signInActivity\":{\"lastSignInDateTime\":\"0001-01-01T00:00:00Z\"}"),
                User("leaver", "\"employeeLeaveDateTime\":\"2026-05-01T00:00:00Z\",\"signInActivity\":{\"lastSignInDateTime\":\"2026-06-01T00:00:00Z\"}"),
                User("info", "\"givenName\":null,\"surname\":null,\"signInActivity\":{\"lastSignInDateTime\":\"2026-06-30T00:00:00Z\"}"),
                User("gone", "\"accountEnabled\":false,\"assignedLicenses\":[{\"skuId\":\"x\"}]")));
    }

    [Fact]
    public void Without_last_sign_ins_nobody_is_called_stale()
    {
        var analysis = new AccountsAnalysis(Context(AccountsAnalysis.Users));

        Assert.Empty(CodesOf(analysis, AccountsAnalysis.Users, User("never", "\"department\":\"営業部\"")));
        Assert.Null(analysis.Conclude(SnapshotDifference.None).Figures.Single(f => f.Name == "stale-accounts").Value);
    }

    [Theory]
    [InlineData("enabled", false, "")]
    [InlineData("enabledForReportingButNotEnforced", false, "legacy-authentication-not-blocked no-mfa-for-administrators no-mfa-for-all policy-report-only policy-report-only")]
    [InlineData("disabled", false, "legacy-authentication-not-blocked no-mfa-for-administrators no-mfa-for-all")]
    [InlineData("disabled", true, "")]
    public void What_no_policy_demands_is_an_exception_unless_security_defaults_do(string state, bool defaults, string codes)
    {
        var analysis = new PoliciesAnalysis(Context());
        Add(analysis, PoliciesAnalysis.SecurityDefaults, $$"""{"id":"d","isEnabled":{{(defaults ? "true" : "false")}}}""");
        Add(analysis, PoliciesAnalysis.ConditionalAccess, ConditionalAccess("1", state, "all", "mfa"));
        Add(analysis, PoliciesAnalysis.ConditionalAccess, ConditionalAccess("2", state, "other", "block"));

        Assert.Equal(codes, string.Join(' ', analysis.Conclude(SnapshotDifference.None).Findings.Select(f => f.Code)));
    }

    [Fact]
    public void Nothing_is_claimed_of_policies_that_could_not_be_read()
    {
        var analysis = new PoliciesAnalysis(Context(PoliciesAnalysis.ConditionalAccess));
        Add(analysis, PoliciesAnalysis.SecurityDefaults, """{"id":"d","isEnabled":false}""");

        Assert.Empty(analysis.Conclude(SnapshotDifference.None).Findings);
    }

    [Fact]
    public void A_policy_that_is_weakened_deleted_or_default_that_goes_off_is_an_alert_and_one_that_is_made_stricter_is_not()
    {
        var difference = new SnapshotDifference("before",
        [
            new(PoliciesAnalysis.ConditionalAccess, "1", "weakened", ChangeKinds.Changed, [new("state", "enabled", "disabled")]),
            new(PoliciesAnalysis.ConditionalAccess, "2", "deleted", ChangeKinds.Removed, []),
            new(PoliciesAnalysis.ConditionalAccess, "3", "stricter", ChangeKinds.Changed, [new("state", "disabled", "enabled")]),
            new(PoliciesAnalysis.SecurityDefaults, "d", "defaults", ChangeKinds.Changed, [new("isEnabled", "true", "false")]),
        ]);
        var findings = new PoliciesAnalysis(Context()).Conclude(difference).Findings;

        var alerts = CollectorAlerts.OfFindings("policies", findings, "item").ToList();

        Assert.Equal(["2", "1", "d"], alerts.Select(a => a.SubjectId));
        Assert.Empty(CollectorAlerts.OfFindings("policies", new PoliciesAnalysis(Context()).Conclude(SnapshotDifference.None).Findings, "item"));
    }

    [Theory]
    [InlineData("\"isMfaCapable\":true,\"methodsRegistered\":[\"microsoftAuthenticatorPush\"]", "")]
    [InlineData("\"isMfaCapable\":false", "account-without-mfa")]
    [InlineData("\"isMfaCapable\":false,\"isAdmin\":true", "administrator-without-mfa")]
    [InlineData("\"isMfaCapable\":false,\"userType\":\"guest\"", "guest-without-mfa")]
    [InlineData("\"isMfaCapable\":true,\"methodsRegistered\":[\"mobilePhone\"]", "weak-second-factor")]
    public void Who_cannot_be_asked_for_a_good_second_factor_is_an_exception(string members, string code) =>
        Assert.Equal(code, string.Join(' ', CodesOf(new AuthenticationAnalysis(Context()), AuthenticationAnalysis.Registrations, $$"""{"id":"1",{{members}}}""").Select(c => c.Code)));

    [Fact]
    public void Password_rules_weaker_than_the_organisations_are_exceptions()
    {
        var analysis = new AuthenticationAnalysis(Context());
        Add(analysis, AuthenticationAnalysis.Settings, """
            {"id":"r","displayName":"Password Rule Settings","templateId":"5cf42378-d67d-4f36-ba46-e8b86229381d","values":[{"name":"LockoutThreshold","value":"50"},
            {"name":"LockoutDurationInSeconds","value":"5"},{"name":"EnableBannedPasswordCheck","value":"False"}]}
            """);
        Add(analysis, AuthenticationAnalysis.MethodsPolicy, """{"id":"m","authenticationMethodConfigurations":[{"id":"Sms","state":"enabled"},{"id":"Voice","state":"disabled"}]}""");

        var result = analysis.Conclude(SnapshotDifference.None);

        Assert.Equal(["banned-passwords-not-checked", "forbidden-method-permitted", "lockout-too-late", "lockout-too-short"], result.Findings.Select(f => f.Code));
        Assert.Equal(50, result.Figures.Single(f => f.Name == "lockout-threshold").Value);
    }

    [Theory]
    [InlineData("2026-06-30T00:00:00Z", "2025-07-01T00:00:00Z", "credential-expired")]
    [InlineData("2026-07-31T00:00:00Z", "2025-08-01T00:00:00Z", "credential-ending")]
    [InlineData("2026-08-01T00:00:01Z", "2025-08-02T00:00:00Z", "")]
    [InlineData("2125-07-01T00:00:00Z", "2026-06-01T00:00:00Z", "credential-valid-too-long")]
    public void Credentials_that_end_or_never_do_are_exceptions(string end, string start, string code)
    {
        var analysis = new ApplicationsAnalysis(Context());
        Add(analysis, ApplicationsAnalysis.Applications, $$"""{"id":"1","appId":"a","displayName":"app","passwordCredentials":[{"keyId":"k","startDateTime":"{{start}}","endDateTime":"{{end}}"}]}""");
        Add(analysis, ApplicationsAnalysis.Owners, """{"parent":"1","row":{"id":"u"}}""");

        Assert.Equal(code, string.Join(' ', analysis.Conclude(SnapshotDifference.None).Findings.Select(f => f.Code)));
    }

    [Fact]
    public void An_application_has_no_owner_only_where_owners_could_be_read()
    {
        const string App = """{"id":"1","appId":"a","displayName":"app"}""";
        Assert.Equal([("application-without-owner", "1")], CodesOf(new ApplicationsAnalysis(Context()), ApplicationsAnalysis.Applications, App));
        Assert.Empty(CodesOf(new ApplicationsAnalysis(Context(ApplicationsAnalysis.Owners)), ApplicationsAnalysis.Applications, App));
    }

    [Theory]
    [InlineData("high", "new", "2026-06-30T00:00:00Z", true)]
    [InlineData("medium", "new", "2026-06-30T00:00:00Z", false)]
    [InlineData("medium", "inProgress", "2026-06-01T00:00:00Z", true)]
    [InlineData("high", "resolved", "2026-06-01T00:00:00Z", false)]
    [InlineData("low", "new", "2026-01-01T00:00:00Z", false)]
    public void Alerts_are_exceptions_at_once_when_high_and_after_the_limit_when_medium(string severity, string status, string created, bool isException) =>
        Assert.Equal(isException, CodesOf(
            new RiskAnalysis(Context()), RiskAnalysis.Alerts, $$"""{"id":"1","title":"t","severity":"{{severity}}","status":"{{status}}","createdDateTime":"{{created}}"}""").Length == 1);

    [Theory]
    [InlineData("\"complianceState\":\"compliant\",\"isEncrypted\":true,\"lastSyncDateTime\":\"2026-06-30T00:00:00Z\"", "")]
    [InlineData("\"complianceState\":\"noncompliant\",\"isEncrypted\":false,\"lastSyncDateTime\":\"2026-05-01T00:00:00Z\"", "device-noncompliant device-not-encrypted device-not-heard-of")]
    [InlineData("\"complianceState\":\"compliant\",\"lastSyncDateTime\":\"2026-06-30T00:00:00Z\",\"jailBroken\":\"True\"", "device-jailbroken")]
    public void Devices_that_do_not_comply_or_are_not_heard_of_are_exceptions(string members, string codes)
    {
        var analysis = new DevicesAnalysis(Context(DevicesAnalysis.Policies));
        Assert.Equal(codes, string.Join(' ', CodesOf(analysis, DevicesAnalysis.Devices, $$"""{"id":"1","deviceName":"d",{{members}}}""").Select(c => c.Code)));
    }

    [Fact]
    public void The_latest_score_counts_and_what_it_lacks_is_told_most_first()
    {
        var analysis = new PostureAnalysis(Context());
        Add(analysis, PostureAnalysis.Scores, """{"id":"2","createdDateTime":"2026-06-30T00:00:00Z","currentScore":30,"maxScore":100,"controlScores":[{"controlName":"a","score":1}]}""");
        Add(analysis, PostureAnalysis.Scores, """{"id":"1","createdDateTime":"2026-04-30T00:00:00Z","currentScore":60,"maxScore":100,"controlScores":[]}""");
        Add(analysis, PostureAnalysis.Profiles, """{"id":"a","title":"A","maxScore":3}""");
        Add(analysis, PostureAnalysis.Profiles, """{"id":"b","title":"B","maxScore":8}""");

        var result = analysis.Conclude(SnapshotDifference.None);

        Assert.Equal((30, 100), (result.Figures[0].Value, result.Figures[0].Of));
        Assert.Equal(["secure-score-fell", "secure-score-low"], result.Findings.Select(f => f.Code));
        Assert.Equal([new("B", 8), new KeyValuePair<string, long>("A", 2)], result.Breakdowns[0].Counts);
    }

    [Theory]
    [InlineData(0, false, GapReasons.PermissionPending, false)]
    [InlineData(2, false, GapReasons.PermissionPending, true)]
    [InlineData(0, true, GapReasons.ServiceError, true)]
    [InlineData(9, true, GapReasons.NotLicensed, false)]
    public void A_gap_of_a_log_is_an_alert_when_it_lasts_or_is_final_but_not_when_nobody_bought_it(int attempt, bool isFinal, string reason, bool isAlert)
    {
        var period = new Isms.Evidence.Period(At.AddDays(-1), At);
        var gap = new Isms.Evidence.Gap("directory-audits", reason, "", period) { IsFinal = isFinal ? true : null };
        Assert.Equal(isAlert, CollectorAlerts.OfLog("directory-audits", period, attempt, [gap]).Any());
    }

    [Theory]
    [InlineData(RightKinds.ActiveRole, AccessRightsSnapshot.GlobalAdministrator, true)]
    [InlineData(RightKinds.EligibleRole, AccessRightsSnapshot.GlobalAdministrator, true)]
    [InlineData(RightKinds.ActiveRole, "reader", false)]
    public void A_new_global_administrator_is_an_alert(string kind, string role, bool isAlert)
    {
        var right = new Right(kind, "u", "user", "user", "role", role, "/");
        Assert.Equal(isAlert, CollectorAlerts.OfRights("access-rights", new RightsDifference("before", [right], []), "item").Any());
        Assert.Empty(CollectorAlerts.OfRights("access-rights", new RightsDifference("before", [], [right]), "item"));
    }

    [Theory]
    [InlineData(Cadence.Daily, "2026-06-30T18:30", "2026-07-01T00:10", true)]
    [InlineData(Cadence.Daily, "2026-07-01T00:10", "2026-07-01T18:30", false)]
    [InlineData(Cadence.Weekly, "2026-06-28T18:30", "2026-06-29T18:30", true)]
    [InlineData(Cadence.Weekly, "2026-06-29T18:30", "2026-07-05T18:30", false)]
    [InlineData(Cadence.Monthly, "2026-06-30T18:30", "2026-07-01T18:30", true)]
    [InlineData(Cadence.Monthly, "2026-07-01T18:30", "2026-07-31T18:30", false)]
    [InlineData(Cadence.Quarterly, "2026-06-30T18:30", "2026-07-01T18:30", true)]
    [InlineData(Cadence.Quarterly, "2026-07-01T18:30", "2026-08-01T18:30", false)]
    [InlineData(Cadence.Never, "2026-01-01T18:30", "2026-07-01T18:30", false)]
    [InlineData(Cadence.Monthly, null, "2026-07-15T18:30", true)]
    public void The_first_tick_of_a_day_week_month_or_quarter_is_the_one_that_counts(Cadence cadence, string? last, string now, bool isDue) => Assert.Equal(
        isDue,
        Cadences.IsDue(cadence, last is null ? null : DateTime.Parse(last, System.Globalization.CultureInfo.InvariantCulture), DateTime.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    private static SnapshotContext Context(params string[] unknown) => new(At, Policy, unknown.ToHashSet());

    private static string User(string id, string members)
    {
        var names = members.Contains("givenName", StringComparison.Ordinal) ? "" : "\"givenName\":\"花子\",\"surname\":\"山田\",";
        var enabled = members.Contains("accountEnabled", StringComparison.Ordinal) ? "" : "\"accountEnabled\":true,";
        return $$"""{"id":"{{id}}","userPrincipalName":"{{id}}","userType":"Member","createdDateTime":"2020-01-01T00:00:00Z",{{names}}{{enabled}}{{members}}}""";
    }

    private static string ConditionalAccess(string id, string state, string client, string control) => $$$"""
        {"id":"{{{id}}}","displayName":"CA{{{id}}}","state":"{{{state}}}","conditions":{"clientAppTypes":["{{{client}}}"],"users":{"includeUsers":["All"]},
        "applications":{"includeApplications":["All"]}},"grantControls":{"builtInControls":["{{{control}}}"]}}
        """;

    private static void Add(ISnapshotAnalysis analysis, string kind, string row) => analysis.Add(kind, JsonDocument.Parse(row).RootElement);

    private static (string Code, string Subject)[] CodesOf(ISnapshotAnalysis analysis, string kind, params string[] rows)
    {
        foreach (var row in rows)
        {
            Add(analysis, kind, row);
        }

        return [.. analysis.Conclude(SnapshotDifference.None).Findings.Select(f => (f.Code, f.SubjectId))];
    }
}
