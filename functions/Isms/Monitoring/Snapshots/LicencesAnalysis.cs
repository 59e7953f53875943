using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Licences bought and used (A.5.32).</summary>
public sealed class LicencesAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/subscribedSkus</c>.</summary>
    public const string Subscriptions = "subscriptions";

    /// <summary>Rows of <c>/organization</c>.</summary>
    public const string Organization = "organization";

    private readonly Tally used = new();
    private readonly List<Finding> findings = [];
    private (decimal Bought, decimal Used) all;

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        if (kind != Subscriptions)
        {
            return;
        }

        var (enabled, consumed) = (JsonRow.Number(row, "prepaidUnits.enabled") ?? 0, JsonRow.Number(row, "consumedUnits") ?? 0);
        var name = JsonRow.Text(row, "skuPartNumber");
        all = (all.Bought + enabled, all.Used + consumed);
        used.Add(name, (long)consumed);
        if (consumed > enabled)
        {
            findings.Add(new Finding("licences-exceeded", JsonRow.Text(row, "skuId"), name, string.Create(CultureInfo.InvariantCulture, $"{consumed} > {enabled}")));
        }

        if (JsonRow.Text(row, "capabilityStatus") is var status and not ("Enabled" or ""))
        {
            findings.Add(new Finding("licences-ending", JsonRow.Text(row, "skuId"), name, status));
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        var isKnown = context.Knows(Subscriptions);
        return new SnapshotResult([new Figure("licences-used", isKnown ? all.Used : null, isKnown ? all.Bought : null)], [used.Largest("by-licence")], Finding.Ordered(findings));
    }
}
