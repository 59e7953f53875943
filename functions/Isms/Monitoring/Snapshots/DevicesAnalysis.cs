using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Managed devices: compliance, encryption, and when they were last heard of (A.8.1, A.8.24).</summary>
public sealed class DevicesAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/deviceManagement/managedDevices</c>.</summary>
    public const string Devices = "devices";

    /// <summary>Rows of <c>/deviceManagement/deviceCompliancePolicies</c>.</summary>
    public const string Policies = "compliance-policies";

    private readonly Tally counts = new();
    private readonly Tally systems = new();
    private readonly Tally states = new();
    private readonly List<Finding> findings = [];

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        counts.Add(kind);
        if (kind == Devices)
        {
            AddDevice(row);
        }
        else if (kind == Policies && JsonRow.IsTrue(row, "passwordRequired") && JsonRow.Number(row, "passwordMinimumLength") is { } length
            && length < context.Policy.MinimumPasswordLength)
        {
            findings.Add(new Finding(
                "device-password-short", JsonRow.Text(row, "id"), JsonRow.Text(row, "displayName"),
                string.Create(CultureInfo.InvariantCulture, $"{length} < {context.Policy.MinimumPasswordLength}")));
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        decimal? counted(string name) => context.Knows(Devices) ? counts[name] : null;
        if (context.Knows(Policies) && counts[Policies] == 0 && counts[Devices] > 0)
        {
            findings.Add(new Finding("no-compliance-policy", "tenant", "", ""));
        }

        return new SnapshotResult(
            [
                new Figure("devices", counted(Devices)), new Figure("devices-compliant", counted("compliant"), counted(Devices)),
                new Figure("devices-encrypted", counted("encrypted"), counted(Devices)), new Figure("devices-personal", counted("personal"), counted(Devices)),
                new Figure("devices-not-heard-of", counted("silent"), counted(Devices)), new Figure("compliance-policies", context.Knows(Policies) ? counts[Policies] : null),
            ],
            [states.Largest("by-compliance"), systems.Largest("by-operating-system")],
            Finding.Ordered(findings));
    }

    private void AddDevice(JsonElement row)
    {
        var state = JsonRow.Text(row, "complianceState");
        states.Add(state.Length > 0 ? state : "unknown");
        systems.Add(JsonRow.Text(row, "operatingSystem") is { Length: > 0 } system ? system : "unknown");
        if (JsonRow.Text(row, "managedDeviceOwnerType") == "personal")
        {
            counts.Add("personal");
        }

        if (state == "compliant")
        {
            counts.Add("compliant");
        }
        else if (state is "noncompliant" or "conflict" or "error")
        {
            findings.Add(About("device-noncompliant", row, state));
        }

        if (JsonRow.IsTrue(row, "isEncrypted"))
        {
            counts.Add("encrypted");
        }
        else if (JsonRow.IsFalse(row, "isEncrypted"))
        {
            findings.Add(About("device-not-encrypted", row, JsonRow.Text(row, "operatingSystem")));
        }

        JudgeContact(row);
        if (JsonRow.Text(row, "jailBroken") == "True")
        {
            findings.Add(About("device-jailbroken", row, JsonRow.Text(row, "operatingSystem")));
        }
    }

    private void JudgeContact(JsonElement row)
    {
        var last = JsonRow.Time(row, "lastSyncDateTime");
        var days = last is { } time ? (int)(context.At - time).TotalDays : (int?)null;
        if (days is null || days > context.Policy.DeviceContactDays)
        {
            counts.Add("silent");
            findings.Add(About("device-not-heard-of", row, days is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{days} d")) with { Last = last });
        }
    }

    private static Finding About(string code, JsonElement row, string detail) =>
        new(code, JsonRow.Text(row, "id"), $"{JsonRow.Text(row, "deviceName")} ({JsonRow.Text(row, "userPrincipalName")})", detail);
}
