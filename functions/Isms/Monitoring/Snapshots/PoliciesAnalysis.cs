using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>What the tenant demands of sign-ins and permits its users, and what of it is switched off (A.8.9).</summary>
public sealed class PoliciesAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/identity/conditionalAccess/policies</c>.</summary>
    public const string ConditionalAccess = "conditional-access-policies";

    /// <summary>Rows of <c>/identity/conditionalAccess/namedLocations</c>.</summary>
    public const string NamedLocations = "named-locations";

    /// <summary>The policy of security defaults.</summary>
    public const string SecurityDefaults = "security-defaults";

    /// <summary>The authorisation policy.</summary>
    public const string Authorization = "authorization-policy";

    private const string Enabled = "enabled";
    private const string ReportOnly = "enabledForReportingButNotEnforced";

    /// <summary>The role of guests that may do what members may.</summary>
    private const string MemberAccess = "a0b1b346-4d3e-4e8b-98f8-753987be4970";

    private readonly Tally states = new();
    private readonly Tally locations = new();
    private readonly List<Finding> findings = [];
    private bool? securityDefaults;
    private bool demandsMfaOfAll;
    private bool demandsMfaOfAdministrators;
    private bool blocksLegacy;

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        switch (kind)
        {
            case ConditionalAccess:
                AddPolicy(row);
                break;
            case NamedLocations:
                locations.Add("all");
                locations.Add(JsonRow.IsTrue(row, "isTrusted") ? "trusted" : "other");
                break;
            case SecurityDefaults:
                securityDefaults = JsonRow.IsTrue(row, "isEnabled");
                break;
            case Authorization:
                JudgeAuthorization(row);
                break;
            default:
                break; // Kept as evidence; nothing is concluded from it.
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        if (context.Knows(ConditionalAccess) && securityDefaults == false)
        {
            JudgeDemands();
        }

        findings.AddRange(PolicyChanges.Of(difference));
        decimal? policies(string state) => context.Knows(ConditionalAccess) ? states[state] : null;
        return new SnapshotResult(
            [
                new Figure("policies-enforced", policies(Enabled)), new Figure("policies-report-only", policies(ReportOnly)), new Figure("policies-disabled", policies("disabled")),
                new Figure("named-locations", context.Knows(NamedLocations) ? locations["all"] : null), new Figure("trusted-locations", context.Knows(NamedLocations) ? locations["trusted"] : null),
                new Figure("security-defaults", securityDefaults is { } on ? on ? 1 : 0 : null),
                new Figure("settings-changed", difference.Since is null ? null : difference.Changes.Count),
            ],
            [states.In("by-policy-state", Enabled, ReportOnly, "disabled")],
            Finding.Ordered(findings));
    }

    private void AddPolicy(JsonElement row)
    {
        var state = JsonRow.Text(row, "state");
        states.Add(state);
        if (state == ReportOnly)
        {
            findings.Add(About("policy-report-only", row, state));
        }

        if (state != Enabled)
        {
            return;
        }

        var forAll = JsonRow.Texts(row, "conditions.users.includeUsers").Contains("All");
        var everywhere = JsonRow.Texts(row, "conditions.applications.includeApplications").Contains("All");
        var clients = JsonRow.Texts(row, "conditions.clientAppTypes").ToList();
        var controls = JsonRow.Texts(row, "grantControls.builtInControls").ToList();
        var demandsMfa = everywhere && clients.Contains("all") && (controls.Contains("mfa") || JsonRow.At(row, "grantControls.authenticationStrength").ValueKind == JsonValueKind.Object);
        demandsMfaOfAll |= demandsMfa && forAll;
        demandsMfaOfAdministrators |= demandsMfa && (forAll || JsonRow.Texts(row, "conditions.users.includeRoles").Any());
        blocksLegacy |= forAll && everywhere && controls.Contains("block") && clients.Contains("other") && !clients.Contains("browser");
    }

    /// <summary>Security defaults demand all of this; without them, policies have to.</summary>
    private void JudgeDemands()
    {
        if (!demandsMfaOfAll)
        {
            findings.Add(OfTenant("no-mfa-for-all"));
        }

        if (!demandsMfaOfAdministrators)
        {
            findings.Add(OfTenant("no-mfa-for-administrators"));
        }

        if (!blocksLegacy)
        {
            findings.Add(OfTenant("legacy-authentication-not-blocked"));
        }
    }

    private void JudgeAuthorization(JsonElement row)
    {
        void Note(bool applies, string code, string detail)
        {
            if (applies)
            {
                findings.Add(About(code, row, detail));
            }
        }

        var invites = JsonRow.Text(row, "allowInvitesFrom");
        Note(invites == "everyone", "guests-invited-by-everyone", invites);
        Note(JsonRow.Text(row, "guestUserRoleId") == MemberAccess, "guests-with-member-access", MemberAccess);
        Note(JsonRow.IsTrue(row, "defaultUserRolePermissions.allowedToCreateApps"), "users-register-applications", "allowedToCreateApps");
        Note(JsonRow.IsTrue(row, "defaultUserRolePermissions.allowedToCreateTenants"), "users-create-tenants", "allowedToCreateTenants");
        var consents = JsonRow.Texts(row, "defaultUserRolePermissions.permissionGrantPoliciesAssigned").Where(p => p.EndsWith("-legacy", StringComparison.Ordinal)).ToList();
        Note(consents.Count > 0, "users-consent-to-applications", string.Join(", ", consents));
    }

    private static Finding About(string code, JsonElement row, string detail) => new(code, JsonRow.Text(row, "id"), JsonRow.Text(row, "displayName"), detail);

    private static Finding OfTenant(string code) => new(code, "tenant", "", "");
}
