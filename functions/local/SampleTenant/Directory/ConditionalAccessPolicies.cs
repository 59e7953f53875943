namespace SampleTenant.Directory;

/// <summary>A conditional access policy of the tenant.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state as the API says it.</param>
/// <param name="Grant">The grant control it enforces, or null.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Modified">When it was last changed.</param>
internal sealed record ConditionalAccessPolicy(Guid Id, string Name, string State, string? Grant, DateTimeOffset Created, DateTimeOffset? Modified);

/// <summary>The tenant's policies; one of them is switched to report-only in the middle of the year, which a drift check has to notice.</summary>
internal sealed class ConditionalAccessPolicies
{
    /// <summary>The number of the policy that is changed.</summary>
    public const int Changed = 3;

    private readonly IReadOnlyList<ConditionalAccessPolicy> before;
    private readonly IReadOnlyList<ConditionalAccessPolicy> after;

    public ConditionalAccessPolicies(TenantDirectory directory)
    {
        Change = directory.Start.AddDays(137).AddHours(11);
        before =
        [
            Policy(directory, 0, "CA01 管理者に多要素認証を要求", "CA01 Require MFA for administrators", "enabled", "mfa"),
            Policy(directory, 1, "CA02 全利用者に多要素認証を要求", "CA02 Require MFA for all users", "enabled", "mfa"),
            Policy(directory, 2, "CA03 レガシー認証をブロック", "CA03 Block legacy authentication", "enabledForReportingButNotEnforced", "block"),
            Policy(directory, 3, "CA04 国外からのアクセスを制限", "CA04 Restrict access from abroad", "enabled", "block"),
            Policy(directory, 4, "CA05 準拠デバイスを要求", "CA05 Require compliant devices", "disabled", "compliantDevice"),
            Policy(directory, 5, "CA06 ゲストのセッションを制限", "CA06 Limit guest sessions", "enabled", null),
        ];
        after = [.. before.Select((policy, i) => i == Changed ? policy with { State = "enabledForReportingButNotEnforced", Modified = Change } : policy)];
    }

    /// <summary>When it is changed.</summary>
    public DateTimeOffset Change { get; }

    public IReadOnlyList<ConditionalAccessPolicy> At(DateTimeOffset time) => time < Change ? before : after;

    private static ConditionalAccessPolicy Policy(TenantDirectory directory, int number, string ja, string en, string state, string? grant) => new(
        ObjectIds.Create(directory.Seed, Topic.Policy, number),
        directory.IsJapanese ? ja : en,
        state,
        grant,
        directory.Start.AddDays(-400 + (number * 37)).AddHours(9.5),
        number % 2 == 0 ? null : directory.Start.AddDays(-40 - number));
}
