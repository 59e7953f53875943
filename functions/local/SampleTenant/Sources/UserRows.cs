using System.Globalization;
using System.Text.Json;
using SampleTenant.Directory;

namespace SampleTenant.Sources;

/// <summary>Writes users.</summary>
internal static class UserRows
{
    private static readonly string[] Offices = ["本社", "本社", "横浜工場", "大阪支店", "福岡営業所"];
    private static readonly string[] OfficesEnglish = ["Head office", "Head office", "Yokohama plant", "Osaka branch", "Fukuoka office"];

    public static void Write(Utf8JsonWriter writer, TenantUser user, TenantModel model, RowContext context)
    {
        var bits = Noise.Bits(model.Directory.Seed, Topic.Person, (ulong)user.Index + (3UL << 32));
        WriteUsual(writer, user, model, bits);
        WriteAccount(writer, user, model, context, bits);
        WriteLicences(writer, user, context, bits);
        WriteActivity(writer, user, model, context);
        if (context.Expand.Contains("manager") && user.ManagerIndex >= 0)
        {
            writer.WriteStartObject("manager"u8);
            WriteReference(writer, model.User(user.ManagerIndex));
            writer.WriteEndObject();
        }
    }

    /// <summary>A user as it appears among members, owners and the like.</summary>
    public static void WriteReference(Utf8JsonWriter writer, TenantUser user)
    {
        writer.WriteString("@odata.type"u8, "#microsoft.graph.user"u8);
        writer.WriteString("id"u8, user.Id);
        writer.WriteEmptyArray("businessPhones"u8);
        writer.WriteString("displayName"u8, user.DisplayName);
        writer.WriteString("givenName"u8, user.GivenName);
        writer.WriteString("jobTitle"u8, user.JobTitle);
        writer.WriteString("mail"u8, user.Mail);
        writer.WriteNull("mobilePhone"u8);
        writer.WriteNull("officeLocation"u8);
        writer.WriteNull("preferredLanguage"u8);
        writer.WriteString("surname"u8, user.Surname);
        writer.WriteString("userPrincipalName"u8, user.UserPrincipalName);
    }

    private static void WriteUsual(Utf8JsonWriter writer, TenantUser user, TenantModel model, ulong bits)
    {
        var isPerson = user.Department is not null;
        writer.WriteTexts("businessPhones"u8, isPerson && bits % 4 == 0 ? [string.Create(CultureInfo.InvariantCulture, $"+81 3-0000-{bits % 9000 + 1000}")] : []);
        writer.WriteString("displayName"u8, user.DisplayName);
        writer.WriteString("givenName"u8, user.GivenName);
        writer.WriteString("jobTitle"u8, user.JobTitle);
        writer.WriteString("mail"u8, user.Mail);
        writer.WriteNull("mobilePhone"u8);
        writer.WriteString("officeLocation"u8, isPerson ? (model.Directory.IsJapanese ? Offices : OfficesEnglish)[bits / 7 % 5] : null);
        writer.WriteString("preferredLanguage"u8, user.Kind == UserKind.Guest ? null : model.Directory.IsJapanese ? "ja-JP" : "en-US");
        writer.WriteString("surname"u8, user.Surname);
        writer.WriteString("userPrincipalName"u8, user.UserPrincipalName);
        writer.WriteString("id"u8, user.Id);
    }

    private static void WriteAccount(Utf8JsonWriter writer, TenantUser user, TenantModel model, RowContext context, ulong bits)
    {
        var isGuest = user.Kind == UserKind.Guest;
        var isPending = isGuest && bits % 5 == 0;
        writer.WriteBoolean("accountEnabled"u8, user.IsEnabledAt(context.Now));
        writer.WriteString("companyName"u8, isGuest ? Partner(user, model) : model.Directory.IsJapanese ? "株式会社みほん製作所" : "Mihon Works Co., Ltd.");
        writer.WriteTime("createdDateTime"u8, user.Created);
        writer.WriteString("creationType"u8, isGuest ? "Invitation" : null);
        writer.WriteString("department"u8, user.Department is { } department ? (model.Directory.IsJapanese ? department.Ja : department.En) : null);
        writer.WriteTime("employeeHireDate"u8, user.Department is null ? null : user.Created);
        writer.WriteString("employeeId"u8, user.Department is null ? null : (10000 + user.Index).ToString(CultureInfo.InvariantCulture));
        writer.WriteTime("employeeLeaveDateTime"u8, user.Left <= context.Now ? user.Left : null);
        writer.WriteString("employeeType"u8, user.Department is null ? null : "Employee");
        writer.WriteString("externalUserState"u8, isGuest ? isPending ? "PendingAcceptance" : "Accepted" : null);
        writer.WriteTime("externalUserStateChangeDateTime"u8, isGuest ? user.Created.AddDays(isPending ? 0 : 1) : null);

        // The service really sends year one where a password was never set here.
        writer.WriteTime("lastPasswordChangeDateTime"u8, bits % 60 == 0 ? DateTimeOffset.MinValue : user.Created.AddDays(bits % 20));
        writer.WriteString("mailNickname"u8, user.UserPrincipalName.Split('@')[0].Replace("#EXT#", "", StringComparison.Ordinal));
        writer.WriteNull("onPremisesSyncEnabled"u8);
        writer.WriteString("passwordPolicies"u8, user.Kind is UserKind.Service or UserKind.Shared || bits % 50 == 1 ? "DisablePasswordExpiration" : null);
        writer.WriteString("usageLocation"u8, isGuest ? null : "JP");
        writer.WriteString("userType"u8, isGuest ? "Guest" : "Member");
    }

    private static string Partner(TenantUser user, TenantModel model)
    {
        var (_, ja, en) = NameLists.Partners[user.Index % NameLists.Partners.Length];
        return model.Directory.IsJapanese ? ja : en;
    }

    private static void WriteLicences(Utf8JsonWriter writer, TenantUser user, RowContext context, ulong bits)
    {
        writer.WriteStartArray("assignedLicenses"u8);
        foreach (var sku in Licences.Of(user, context.Now, bits))
        {
            writer.WriteStartObject();
            writer.WriteEmptyArray("disabledPlans"u8);
            writer.WriteString("skuId"u8, sku);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteActivity(Utf8JsonWriter writer, TenantUser user, TenantModel model, RowContext context)
    {
        if (UserActivity.LastSignIn(user, model.Directory.Seed, context.Now) is not { } last)
        {
            writer.WriteNull("signInActivity"u8);
            return;
        }

        var requestId = Logs.SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.Activity, (ulong)user.Index ^ (ulong)last.UtcTicks));
        writer.WriteStartObject("signInActivity"u8);
        writer.WriteTime("lastSignInDateTime"u8, last);
        writer.WriteString("lastSignInRequestId"u8, requestId);
        writer.WriteTime("lastNonInteractiveSignInDateTime"u8, last.AddMinutes(user.Index % 50));
        writer.WriteString("lastNonInteractiveSignInRequestId"u8, requestId);
        writer.WriteTime("lastSuccessfulSignInDateTime"u8, last);
        writer.WriteString("lastSuccessfulSignInRequestId"u8, requestId);
        writer.WriteEndObject();
    }
}
