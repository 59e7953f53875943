using System.Globalization;
using System.Text.Json;
using SampleTenant.Directory;

namespace SampleTenant.Sources;

/// <summary>Managed devices: four in five employees have one.</summary>
internal static class DeviceRows
{
    private static readonly (string System, string Version, string Maker, string Model)[] Models =
    [
        ("Windows", "10.0.26100.4061", "Dynabook Inc.", "G83"), ("Windows", "10.0.22631.5335", "Lenovo", "ThinkPad X1"),
        ("Windows", "10.0.19045.5854", "FUJITSU", "LIFEBOOK U"),
        ("macOS", "15.5", "Apple", "MacBook Air"), ("iOS", "18.5", "Apple", "iPhone 15"), ("Android", "15.0", "Sharp", "AQUOS sense"),
    ];

    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public static bool Has(TenantUser user, ulong seed) =>
        user.Kind is UserKind.Member or UserKind.Stale && Noise.Below(seed, Topic.Device, (ulong)user.Index, 10) < 8;

    public static void Write(Utf8JsonWriter writer, TenantUser user, TenantModel model, RowContext context)
    {
        var bits = Noise.Bits(model.Directory.Seed, Topic.Device, (ulong)user.Index + (1UL << 32));
        var device = Models[(int)(bits % (ulong)Models.Length)];
        var isCompliant = bits / 7 % 12 != 0;
        writer.WriteString("id"u8, ObjectIds.Create(model.Directory.Seed, Topic.Device, user.Index));
        writer.WriteString("userId"u8, user.Id);
        writer.WriteString("deviceName"u8, string.Create(CultureInfo.InvariantCulture, $"MW-{device.System[..2].ToUpperInvariant()}{user.Index:D6}"));
        writer.WriteString("managedDeviceOwnerType"u8, bits % 9 == 0 ? "personal"u8 : "company"u8);
        writer.WriteTime("enrolledDateTime"u8, user.Created.AddDays(1));
        writer.WriteTime("lastSyncDateTime"u8, LastSync(user, bits, context.Now));
        writer.WriteString("operatingSystem"u8, device.System);
        writer.WriteString("osVersion"u8, device.Version);
        writer.WriteString("complianceState"u8, isCompliant ? "compliant"u8 : "noncompliant"u8);
        writer.WriteString("jailBroken"u8, "Unknown"u8);
        writer.WriteString("managementAgent"u8, "mdm"u8);
        writer.WriteBoolean("azureADRegistered"u8, true);
        writer.WriteString("deviceEnrollmentType"u8, "windowsAzureADJoin"u8);
        writer.WriteString("emailAddress"u8, user.Mail);
        writer.WriteString("azureADDeviceId"u8, ObjectIds.Create(model.Directory.Seed, Topic.Device + 1000, user.Index));
        writer.WriteString("deviceRegistrationState"u8, "registered"u8);
        writer.WriteBoolean("isEncrypted"u8, isCompliant || bits % 5 == 0);
        writer.WriteString("userPrincipalName"u8, user.UserPrincipalName);
        writer.WriteString("model"u8, device.Model);
        writer.WriteString("manufacturer"u8, device.Maker);
        writer.WriteString("serialNumber"u8, string.Create(CultureInfo.InvariantCulture, $"SN{bits % 100_000_000:D8}"));
        writer.WriteString("userDisplayName"u8, user.DisplayName);

        // Devices that were never given an answer carry year one.
        writer.WriteTime("complianceGracePeriodExpirationDateTime"u8, isCompliant ? Never : DateTimeOffset.MinValue);
    }

    private static DateTimeOffset LastSync(TenantUser user, ulong bits, DateTimeOffset now)
    {
        var minutesAgo = bits % (user.Kind == UserKind.Stale ? 200_000UL : 5_000UL);
        return now.AddMinutes(-(double)minutesAgo).AddTicks(-(now.UtcTicks % TimeSpan.TicksPerSecond));
    }
}
