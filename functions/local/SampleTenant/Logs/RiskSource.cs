using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.Sources;

namespace SampleTenant.Logs;

/// <summary>Risk detections of identity protection, kept for ninety days.</summary>
internal sealed class RiskSource(TenantModel model, LogVisibility visibility) : LogSource(model.RiskFeeds, visibility, "detectedDateTime")
{
    public static readonly string[] Kinds = ["unfamiliarFeatures", "unlikelyTravel", "anonymizedIPAddress", "leakedCredentials", "passwordSpray"];
    private static readonly string[] Levels = ["low", "low", "medium", "medium", "high"];

    /// <summary>Whom a detection is about, what kind it is, and how bad.</summary>
    public static (int UserIndex, string Kind, string Level) Facts(TenantModel model, LogEntry entry)
    {
        // The same few people again and again, as it happens.
        var circle = Math.Max(2, model.Directory.InitialUsers / 40);
        var index = model.Directory.Departments.Count + 1 + Noise.ToBelow(Noise.Next(entry.Bits + 1), circle);
        return (
            Math.Min(index, model.Directory.InitialUsers - 1),
            Kinds[Noise.ToBelow(Noise.Next(entry.Bits + 2), Kinds.Length)],
            Levels[Noise.ToBelow(Noise.Next(entry.Bits + 3), Levels.Length)]);
    }

    protected override void Write(Utf8JsonWriter writer, LogEntry entry, RowContext context)
    {
        var (index, kind, level) = Facts(model, entry);
        var user = model.User(index);
        var when = new DateTimeOffset(entry.Ticks, TimeSpan.Zero);
        var place = SignInFacts.Abroad[Noise.ToBelow(Noise.Next(entry.Bits + 4), SignInFacts.Abroad.Length)];
        writer.WriteString("id"u8, $"{SignInIds.FromBits(entry.Bits):N}{SignInIds.FromBits(Noise.Next(entry.Bits)):N}");
        writer.WriteString("requestId"u8, SignInIds.FromBits(Noise.Next(entry.Bits + 5)));
        writer.WriteString("correlationId"u8, SignInIds.FromBits(Noise.Next(entry.Bits + 6)));
        writer.WriteString("riskEventType"u8, kind);
        writer.WriteString("riskState"u8, entry.Bits % 3 == 0 ? "remediated"u8 : "atRisk"u8);
        writer.WriteString("riskLevel"u8, level);
        writer.WriteString("riskDetail"u8, entry.Bits % 3 == 0 ? "userPerformedSecuredPasswordReset"u8 : "none"u8);
        writer.WriteString("source"u8, "IdentityProtection"u8);
        writer.WriteString("detectionTimingType"u8, "realtime"u8);
        writer.WriteString("activity"u8, "signin"u8);
        writer.WriteString("tokenIssuerType"u8, "AzureAD"u8);
        writer.WriteString("ipAddress"u8, $"198.51.100.{entry.Bits >> 8 & 0xFF}");
        writer.WriteTime("activityDateTime"u8, when.AddMinutes(-4));
        writer.WriteTime("detectedDateTime"u8, when);
        writer.WriteTime("lastUpdatedDateTime"u8, when.AddSeconds(90));
        writer.WriteString("userId"u8, user.Id);
        writer.WriteString("userDisplayName"u8, user.DisplayName);
        writer.WriteString("userPrincipalName"u8, user.UserPrincipalName);
        writer.WriteString("additionalInfo"u8, "[{\"Key\":\"userAgent\",\"Value\":\"Mozilla/5.0\"}]"u8);
        writer.WriteStartObject("location"u8);
        writer.WriteString("city"u8, place.City);
        writer.WriteString("state"u8, place.State);
        writer.WriteString("countryOrRegion"u8, place.Country);
        writer.WriteEndObject();
    }
}
