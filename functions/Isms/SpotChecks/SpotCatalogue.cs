using Isms.Organizations;
using Isms.Text;

namespace Isms.SpotChecks;

/// <summary>A check of practice against a limit of the organisation's own documents.</summary>
/// <param name="Id">Its id; its texts are <c>spot-check.{id}</c> and <c>spot-check.limit.{id}</c>.</param>
/// <param name="Control">The Annex A control that it serves.</param>
/// <param name="Sources">Which exceptions of which collectors speak against it.</param>
public sealed record SpotTest(string Id, string Control, IReadOnlyList<SpotTestSource> Sources);

/// <summary>Exceptions that a collector reports.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="Codes">The codes of its exceptions.</param>
public sealed record SpotTestSource(string Collector, IReadOnlyList<string> Codes);

/// <summary>What spot-checks look at. Collectors that there are none of yet are named all the same: a point without evidence says so.</summary>
public static class SpotCatalogue
{
    /// <summary>The prefix of points about people of the sample.</summary>
    public const string SamplePrefix = "sample-";

    /// <summary>All tests, in the order they are shown.</summary>
    public static IReadOnlyList<SpotTest> All { get; } =
    [
        new("passwords", "5.17", [new("authentication", ["lockout-too-late", "lockout-too-short", "banned-passwords-not-checked"]), new("devices", ["device-password-short"])]),
        new("second-factor", "8.5", [new("authentication", ["account-without-mfa", "administrator-without-mfa", "guest-without-mfa", "weak-second-factor", "forbidden-method-permitted"])]),
        new("legacy-protocols", "8.5", [new("sign-ins", ["legacy-protocol"]), new("policies", ["legacy-authentication-not-blocked"])]),
        new("sign-ins", "8.16", [new("sign-ins", ["failed-sign-ins", "unexpected-country", "risky-sign-in"])]),
        new("administrators", "8.2", [new("access-rights", ["too-many-global-administrators", "too-few-global-administrators"])]),
        new("privileged-rights", "8.2", [new("access-rights",
            ["guest-with-role", "disabled-account-with-role", "stale-administrator", "high-privilege-application-without-owner", "high-privilege-consent-for-all"])]),
        new("guests", "5.18", [new("access-rights", ["guest-due-for-review"])]),
        new("stale-accounts", "5.16", [new("accounts", ["stale-account", "leaver-with-enabled-account"])]),
        new("shared-accounts", "5.16", [new("accounts", ["shared-account"])]),
        new("credentials", "5.17", [new("applications", ["credential-expired", "credential-ending", "credential-valid-too-long"])]),
        new("sharing", "5.14", [new("sharing-settings", ["sharing-with-anybody", "guests-share-further", "sharing-legacy-authentication"])]),
        new("devices", "8.1", [new("devices", ["device-noncompliant", "device-not-encrypted", "device-jailbroken"])]),
    ];

    /// <summary>The collectors whose evidence is read.</summary>
    public static IReadOnlyList<string> Collectors { get; } = [.. All.SelectMany(t => t.Sources).Select(s => s.Collector).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The test of this id, or null.</summary>
    public static SpotTest? Find(string id) => All.FirstOrDefault(t => t.Id == id);

    /// <summary>What people call a point.</summary>
    public static LocalizedText NameOf(SpotPoint point, SpotCheck check)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(check);
        return Find(point.Id) is not null
            ? Texts.Get("spot-check." + point.Id)
            : Texts.Get("spot-check.sampled", check.Sample?.People.FirstOrDefault(p => SamplePrefix + p.Id == point.Id)?.Name ?? point.Id);
    }

    /// <summary>What the organisation's own documents demand.</summary>
    public static LocalizedText LimitOf(string point, PolicyLimits policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Find(point) is null
            ? Texts.Get("spot-check.limit.sampled")
            : Texts.Get(
                "spot-check.limit." + point, policy.MinimumGlobalAdministrators, policy.MaximumGlobalAdministrators, policy.StaleAccountDays, policy.GuestReviewDays,
                policy.FailedSignInsPerDay, string.Join(", ", policy.ExpectedCountries), policy.MinimumPasswordLength, policy.MaximumLockoutThreshold, policy.MinimumLockoutSeconds,
                policy.MaximumCredentialDays, policy.CredentialRenewalDays);
    }
}
