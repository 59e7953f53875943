using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Joiners, movers, leavers, and accounts that nobody uses or that are nobody's (A.5.16, A.6.5).</summary>
public sealed class AccountsAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/users</c>.</summary>
    public const string Users = "users";

    private readonly Tally kinds = new();
    private readonly Tally departments = new();
    private readonly Tally unused = new();
    private readonly List<Finding> findings = [];

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        var isEnabled = JsonRow.IsTrue(row, "accountEnabled");
        var isGuest = string.Equals(JsonRow.Text(row, "userType"), "Guest", StringComparison.OrdinalIgnoreCase);
        kinds.Add("users");
        kinds.Add(isGuest ? "guests" : "members");
        kinds.Add(isEnabled ? "enabled-accounts" : "disabled-accounts");
        if (isEnabled && !isGuest)
        {
            departments.Add(JsonRow.Text(row, "department") is { Length: > 0 } department ? department : "none");
        }

        JudgeLeaving(row, isEnabled);
        if (isEnabled)
        {
            JudgeUse(row, isGuest);
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var changes = difference.Of(Users).ToList();
        decimal? Since(Func<RowChange, bool> what) => difference.Since is null || difference.NotCompared.Contains(Users) ? null : changes.Count(what);
        return new SnapshotResult(
            [
                .. ((string[])["users", "members", "guests", "enabled-accounts", "disabled-accounts"]).Select(n => new Figure(n, kinds[n])),
                new Figure("joiners", Since(c => c.What == ChangeKinds.Added || c.Of("accountEnabled") is { After: "true" })),
                new Figure("movers", Since(c => c.Of("department") is not null || c.Of("jobTitle") is not null || c.Of("manager.id") is not null)),
                new Figure("leavers", Since(c => c.What == ChangeKinds.Removed || c.Of("accountEnabled") is { After: "false" })),
                new Figure("stale-accounts", KnowsUse ? findings.Count(f => f.Code == "stale-account") : null, kinds["enabled-accounts"]),
            ],
            [departments.Largest("by-department"), unused.In("by-last-sign-in", "up-to-30-days", "up-to-90-days", "up-to-180-days", "longer", "never")],
            Finding.Ordered(findings));
    }

    /// <summary>Without the licence for it, rows have no last sign-in, which is not the same as never.</summary>
    private bool KnowsUse => context.Knows(Users);

    private void JudgeLeaving(JsonElement row, bool isEnabled)
    {
        if (isEnabled && JsonRow.Time(row, "employeeLeaveDateTime") is { } left && left < context.At)
        {
            findings.Add(About("leaver-with-enabled-account", row, left.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        var licences = JsonRow.List(row, "assignedLicenses").Count();
        if (!isEnabled && licences > 0)
        {
            findings.Add(About("disabled-account-with-licence", row, licences.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private void JudgeUse(JsonElement row, bool isGuest)
    {
        var activity = JsonRow.At(row, "signInActivity");
        var last = JsonRow.Later(JsonRow.Time(activity, "lastSignInDateTime"), JsonRow.Time(activity, "lastNonInteractiveSignInDateTime"));
        if (KnowsUse)
        {
            unused.Add(last is null ? "never" : (context.At - last.Value).TotalDays switch { <= 30 => "up-to-30-days", <= 90 => "up-to-90-days", <= 180 => "up-to-180-days", _ => "longer" });
            var days = (last ?? JsonRow.Time(row, "createdDateTime")) is { } since ? (int)(context.At - since).TotalDays : 0;
            if (!isGuest && days > context.Policy.StaleAccountDays)
            {
                findings.Add(About("stale-account", row, string.Create(CultureInfo.InvariantCulture, $"{days} d")) with { Last = last });
            }
        }

        // An account of a person carries the person's name; one that several people sign in with does not.
        if (!isGuest && last is not null && JsonRow.Text(row, "givenName").Length == 0 && JsonRow.Text(row, "surname").Length == 0)
        {
            findings.Add(About("shared-account", row, JsonRow.Text(row, "displayName")) with { Last = last });
        }
    }

    private static Finding About(string code, JsonElement row, string detail) => new(code, JsonRow.Text(row, "id"), JsonRow.Text(row, "userPrincipalName"), detail);
}
