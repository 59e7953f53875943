using System.Text.Json;
using SampleTenant.Sources;

namespace SampleTenant.Logs;

/// <summary>The directory's audit log: the changes that really happened, and the daily round of password resets and the like.</summary>
internal sealed class AuditSource(TenantModel model, LogVisibility visibility)
    : LogSource(model.AuditFeeds, visibility, "activityDateTime")
{
    private readonly AuditRows rows = new(model);

    protected override void Write(Utf8JsonWriter writer, LogEntry entry, RowContext context) => rows.Write(writer, entry);
}
