namespace Isms.Monitoring.Snapshots;

/// <summary>Changes of policies that make the tenant weaker.</summary>
public static class PolicyChanges
{
    /// <summary>A conditional access policy is no longer enforced.</summary>
    public const string SwitchedOff = "conditional-access-switched-off";

    /// <summary>A conditional access policy is gone.</summary>
    public const string Deleted = "conditional-access-deleted";

    /// <summary>Security defaults are no longer enforced.</summary>
    public const string DefaultsOff = "security-defaults-switched-off";

    /// <summary>The changes as exceptions.</summary>
    public static IEnumerable<Finding> Of(SnapshotDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        foreach (var change in difference.Of(PoliciesAnalysis.ConditionalAccess))
        {
            if (change.What == ChangeKinds.Removed)
            {
                yield return new Finding(Deleted, change.Id, change.Name, "");
            }
            else if (change.Of("state") is { Before: "enabled" } state)
            {
                yield return new Finding(SwitchedOff, change.Id, change.Name, $"{state.Before} → {state.After}");
            }
        }

        foreach (var change in difference.Of(PoliciesAnalysis.SecurityDefaults))
        {
            if (change.Of("isEnabled") is { Before: "true", After: "false" })
            {
                yield return new Finding(DefaultsOff, change.Id, change.Name, "");
            }
        }
    }
}
