using System.Globalization;
using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.Sources;

namespace SampleTenant.Logs;

/// <summary>Writes audit events with the properties and in the order of Graph's documented examples.</summary>
internal sealed class AuditRows(TenantModel model)
{
    private readonly AuditActivities activities = new(model);

    public void Write(Utf8JsonWriter writer, LogEntry entry)
    {
        var activity = activities.Of(entry);
        var failed = entry.Feed == 0 && entry.Bits % 50 == 0;
        var correlation = SignInIds.FromBits(Noise.Next(entry.Bits + 7));

        // Ids of audit events are no GUIDs.
        writer.WriteString("id"u8, string.Create(
            CultureInfo.InvariantCulture,
            $"Directory_{correlation}_{Letters(entry.Bits)}_{(entry.Ticks / TimeSpan.TicksPerMinute % 1_000_000_000 << 10) + entry.Number}"));
        writer.WriteString("category"u8, activity.Category);
        writer.WriteString("correlationId"u8, correlation);
        writer.WriteString("result"u8, failed ? "failure"u8 : "success"u8);
        writer.WriteString("resultReason"u8, failed ? "Microsoft.Online.DirectoryServices.DirectoryAccessDeniedException" : "");
        writer.WriteString("activityDisplayName"u8, activity.Name);
        writer.WriteTime("activityDateTime"u8, new DateTimeOffset(entry.Ticks, TimeSpan.Zero));
        writer.WriteString("loggedByService"u8, activity.Service);
        writer.WriteString("operationType"u8, activity.Operation);
        WriteInitiator(writer, activity, entry);
        WriteTarget(writer, activity);
        writer.WriteStartArray("additionalDetails"u8);
        writer.WriteStartObject();
        writer.WriteString("key"u8, "User-Agent"u8);
        writer.WriteString("value"u8, "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"u8);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private void WriteInitiator(Utf8JsonWriter writer, AuditActivity activity, LogEntry entry)
    {
        var actor = model.User(activity.ActorIndex < 0 ? 2 : activity.ActorIndex);
        writer.WriteStartObject("initiatedBy"u8);
        writer.WriteNull("app"u8);
        writer.WriteStartObject("user"u8);
        writer.WriteString("id"u8, actor.Id);
        writer.WriteNull("displayName"u8);
        writer.WriteString("userPrincipalName"u8, actor.UserPrincipalName);
        writer.WriteString("ipAddress"u8, $"203.0.113.{10 + (entry.Bits >> 8) % 4}");
        writer.WriteNull("userType"u8);
        writer.WriteNull("homeTenantId"u8);
        writer.WriteNull("homeTenantName"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter writer, AuditActivity activity)
    {
        writer.WriteStartArray("targetResources"u8);
        writer.WriteStartObject();
        writer.WriteString("id"u8, activity.TargetId);
        writer.WriteString("displayName"u8, activity.TargetName);
        writer.WriteString("type"u8, activity.TargetType);
        writer.WriteString("userPrincipalName"u8, activity.TargetPrincipalName);
        writer.WriteNull("groupType"u8);
        writer.WriteStartArray("modifiedProperties"u8);
        foreach (var (name, old, updated) in activity.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("displayName"u8, name);
            writer.WriteString("oldValue"u8, old);
            writer.WriteString("newValue"u8, updated);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static string Letters(ulong bits) => string.Create(5, bits, static (text, value) =>
    {
        for (var i = 0; i < text.Length; i++, value /= 26)
        {
            text[i] = (char)('A' + (int)(value % 26));
        }
    });
}
