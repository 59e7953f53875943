using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.Sources;

namespace SampleTenant.Logs;

/// <summary>What the beta endpoint adds to a sign-in.</summary>
internal static class SignInBetaRows
{
    public static void Write(Utf8JsonWriter writer, SignIn signIn, TenantUser? user, TenantApplication? program, TenantModel model)
    {
        var isFirstFactorOnly = signIn.IsLegacy || signIn.Part(12) % 5 == 0;
        writer.WriteTexts("signInEventTypes"u8, KindName(signIn.Kind));
        writer.WriteString("servicePrincipalId"u8, program?.ServicePrincipalId.ToString() ?? "");
        writer.WriteString("servicePrincipalName"u8, program?.Name);
        writer.WriteString("userType"u8, user is null ? null : user.Kind == UserKind.Guest ? "guest" : "member");
        writer.WriteString("authenticationRequirement"u8, isFirstFactorOnly ? "singleFactorAuthentication" : "multiFactorAuthentication");
        writer.WriteString("authenticationProtocol"u8, "none"u8);
        writer.WriteString("incomingTokenType"u8, signIn.Kind == SignInKind.NonInteractiveUser ? "refreshToken" : "none");
        writer.WriteString("tokenIssuerType"u8, "AzureAD"u8);
        writer.WriteString("homeTenantId"u8, model.TenantId);
        writer.WriteString("resourceTenantId"u8, model.TenantId);
        writer.WriteString("crossTenantAccessType"u8, user?.Kind == UserKind.Guest ? "b2bCollaboration" : "none");
        writer.WriteString("uniqueTokenIdentifier"u8, Convert.ToBase64String(BitConverter.GetBytes(signIn.Part(15))).TrimEnd('='));
        writer.WriteEmptyArray("networkLocationDetails"u8);
        writer.WriteStartArray("authenticationDetails"u8);
        if (signIn.Kind == SignInKind.InteractiveUser)
        {
            writer.WriteStartObject();
            writer.WriteTime("authenticationStepDateTime"u8, new DateTimeOffset(signIn.Entry.Ticks, TimeSpan.Zero));
            writer.WriteString("authenticationMethod"u8, "Password"u8);
            writer.WriteString("authenticationMethodDetail"u8, "Password in the cloud"u8);
            writer.WriteBoolean("succeeded"u8, signIn.Outcome.Code is not (50126 or 50053));
            writer.WriteString("authenticationStepResultDetail"u8, signIn.Outcome.Reason ?? "Correct password");
            writer.WriteString("authenticationStepRequirement"u8, "Primary authentication"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string KindName(SignInKind kind) => kind switch
    {
        SignInKind.InteractiveUser => "interactiveUser",
        SignInKind.NonInteractiveUser => "nonInteractiveUser",
        SignInKind.ServicePrincipal => "servicePrincipal",
        _ => "managedIdentity",
    };
}
