using System.Text.Json;
using SampleTenant.Directory;

namespace SampleTenant.Sources;

/// <summary>Which authentication methods each user has registered: seven in eight a second factor, and a few more each month.</summary>
internal static class RegistrationRows
{
    public static void Write(Utf8JsonWriter writer, TenantUser user, TenantModel model, RowContext context)
    {
        var bits = Noise.Bits(model.Directory.Seed, Topic.Registration, (ulong)user.Index);
        var late = model.Directory.Start.AddDays((double)(bits >> 8 & 0x1FF));
        var isRegistered = user.Kind is not (UserKind.Shared or UserKind.Service) && (bits % 8 != 0 || late <= context.Now);
        var isPasswordless = isRegistered && bits % 16 == 5;
        string[] methods = !isRegistered ? []
            : isPasswordless ? ["microsoftAuthenticatorPush", "passKeyDeviceBound"]
            : bits % 16 == 3 ? ["mobilePhone"]
            : ["microsoftAuthenticatorPush", "softwareOneTimePasscode"];

        writer.WriteString("id"u8, user.Id);
        writer.WriteString("userPrincipalName"u8, user.UserPrincipalName);
        writer.WriteString("userDisplayName"u8, user.DisplayName);
        writer.WriteString("userType"u8, user.Kind == UserKind.Guest ? "guest"u8 : "member"u8);
        writer.WriteBoolean("isAdmin"u8, model.Roles.ActiveAt(context.Now).Any(grant => grant.UserIndex == user.Index));
        writer.WriteBoolean("isSsprRegistered"u8, isRegistered);
        writer.WriteBoolean("isSsprEnabled"u8, user.Kind != UserKind.Guest);
        writer.WriteBoolean("isSsprCapable"u8, isRegistered && user.Kind != UserKind.Guest);
        writer.WriteBoolean("isMfaRegistered"u8, isRegistered);
        writer.WriteBoolean("isMfaCapable"u8, isRegistered);
        writer.WriteBoolean("isPasswordlessCapable"u8, isPasswordless);
        writer.WriteTexts("methodsRegistered"u8, methods);
        writer.WriteBoolean("isSystemPreferredAuthenticationMethodEnabled"u8, isRegistered);
        writer.WriteTexts("systemPreferredAuthenticationMethods"u8, isRegistered ? ["PhoneAppNotification"] : []);
        writer.WriteString("userPreferredMethodForSecondaryAuthentication"u8, isRegistered ? "push"u8 : "none"u8);
        writer.WriteTime("lastUpdatedDateTime"u8, new DateTimeOffset(context.Now.UtcDateTime.Date, TimeSpan.Zero).AddTicks(37_653_021_234));
    }
}
