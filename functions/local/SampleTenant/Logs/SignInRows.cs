using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.Sources;

namespace SampleTenant.Logs;

/// <summary>Writes sign-ins with the properties and in the order of Graph's documented examples.</summary>
internal sealed class SignInRows(TenantModel model)
{
    private static readonly string[] Mfa = ["Mfa"];
    private static readonly string[] Block = ["Block"];
    private static readonly string[] CompliantDevice = ["RequireCompliantDevice"];
    private readonly SignInPeople people = new(model);

    public void Write(Utf8JsonWriter writer, SignIn signIn, RowContext context)
    {
        var when = new DateTimeOffset(signIn.Entry.Ticks, TimeSpan.Zero);
        var user = signIn.IsUser ? people.Of(signIn) : null;
        var program = signIn.IsUser ? null : people.ProgramOf(signIn, when);
        var app = model.Applications.All[signIn.IsAdministrator ? 4 : 1 + Noise.ToBelow(signIn.Part(8), TenantApplications.FirstPartyCount - 1)];

        writer.WriteString("id"u8, SignInIds.Create(model.Directory.Seed, signIn.Entry));
        writer.WriteTime("createdDateTime"u8, when);
        WriteWho(writer, signIn, user, program, app);
        writer.WriteString("clientAppUsed"u8, signIn.IsUser ? signIn.Client : "");
        writer.WriteString("correlationId"u8, SignInIds.FromBits(signIn.Part(10)));
        writer.WriteString("conditionalAccessStatus"u8, ConditionalAccessStatus(signIn));
        writer.WriteBoolean("isInteractive"u8, signIn.Kind == SignInKind.InteractiveUser);
        WriteRisk(writer, signIn);
        writer.WriteString("resourceDisplayName"u8, signIn.IsUser ? app.Name : "Microsoft Graph");
        writer.WriteString("resourceId"u8, signIn.IsUser ? app.AppId : model.Applications.Graph.AppId);
        WriteStatus(writer, signIn);
        WriteDevice(writer, signIn);
        WriteLocation(writer, signIn);
        WritePolicies(writer, signIn, model.Policies.At(when));
        if (context.IsBeta)
        {
            SignInBetaRows.Write(writer, signIn, user, program, model);
        }
    }

    private static void WriteWho(Utf8JsonWriter writer, SignIn signIn, TenantUser? user, TenantApplication? program, TenantApplication app)
    {
        writer.WriteString("userDisplayName"u8, user?.DisplayName ?? "");
        writer.WriteString("userPrincipalName"u8, user?.UserPrincipalName ?? "");
        writer.WriteString("userId"u8, user?.Id ?? Guid.Empty);
        writer.WriteString("appId"u8, (program ?? app).AppId);
        writer.WriteString("appDisplayName"u8, (program ?? app).Name);
        writer.WriteString("ipAddress"u8, Address(signIn));
    }

    // Documentation ranges only: addresses that are nobody's.
    private static string Address(SignIn signIn)
    {
        var bits = signIn.Part(9);
        var last = bits >> 8 & 0xFF;
        return signIn.IsAbroad ? $"198.51.100.{last}"
            : !signIn.IsUser ? $"192.0.2.{last % 16}"
            : (bits % 10) switch
            {
                < 7 => $"203.0.113.{10 + (last % 4)}",
                7 => $"2001:db8:{bits >> 16 & 0xFFFF:x}:{bits >> 32 & 0xFFFF:x}::{last:x}",
                _ => $"203.0.113.{last}",
            };
    }

    private static string ConditionalAccessStatus(SignIn signIn) =>
        signIn.Outcome.Code switch { 53003 => "failure", 0 when signIn.IsUser && !signIn.IsLegacy => "success", _ => "notApplied" };

    private static void WriteRisk(Utf8JsonWriter writer, SignIn signIn)
    {
        var level = !signIn.IsRisky ? "none" : (signIn.Part(11) % 3) switch { 0 => "high", 1 => "medium", _ => "low" };
        var kind = signIn.IsAbroad ? "unlikelyTravel" : "unfamiliarFeatures";
        writer.WriteString("riskDetail"u8, "none"u8);
        writer.WriteString("riskLevelAggregated"u8, level);
        writer.WriteString("riskLevelDuringSignIn"u8, level);
        writer.WriteString("riskState"u8, signIn.IsRisky ? "atRisk"u8 : "none"u8);
        writer.WriteTexts("riskEventTypes"u8, signIn.IsRisky ? [kind] : []);
        writer.WriteTexts("riskEventTypes_v2"u8, signIn.IsRisky ? [kind] : []);
    }

    private static void WriteStatus(Utf8JsonWriter writer, SignIn signIn)
    {
        var (code, reason) = signIn.Outcome;
        writer.WriteStartObject("status"u8);
        writer.WriteNumber("errorCode"u8, code);
        writer.WriteString("failureReason"u8, reason ?? "Other.");
        writer.WriteString("additionalDetails"u8, code == 0 && signIn.Part(12) % 4 == 0 ? "MFA requirement satisfied by claim in the token" : null);
        writer.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter writer, SignIn signIn)
    {
        var (system, browser) = signIn.Device;
        var known = signIn.IsUser && !signIn.IsAbroad && signIn.Part(13) % 10 < 6;
        writer.WriteStartObject("deviceDetail"u8);
        writer.WriteString("deviceId"u8, known ? SignInIds.FromBits(signIn.Part(14)).ToString() : "");
        writer.WriteString("displayName"u8, known ? $"MW-PC{signIn.Part(14) % 9000 + 1000}" : "");
        writer.WriteString("operatingSystem"u8, signIn.IsUser ? system : "");
        writer.WriteString("browser"u8, signIn.IsUser && !signIn.IsLegacy ? browser : "");
        writer.WriteBoolean("isCompliant"u8, known && signIn.Part(13) % 10 < 5);
        writer.WriteBoolean("isManaged"u8, known);
        writer.WriteString("trustType"u8, known ? "Azure AD joined" : "");
        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, SignIn signIn)
    {
        var place = signIn.Place;
        writer.WriteStartObject("location"u8);
        writer.WriteString("city"u8, place.City);
        writer.WriteString("state"u8, place.State);
        writer.WriteString("countryOrRegion"u8, place.Country);
        writer.WriteStartObject("geoCoordinates"u8);
        writer.WriteNull("altitude"u8);
        writer.WriteNumber("latitude"u8, place.Latitude);
        writer.WriteNumber("longitude"u8, place.Longitude);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePolicies(Utf8JsonWriter writer, SignIn signIn, IReadOnlyList<ConditionalAccessPolicy> policies)
    {
        writer.WriteStartArray("appliedConditionalAccessPolicies"u8);
        foreach (var policy in signIn.IsUser ? policies : [])
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, policy.Id);
            writer.WriteString("displayName"u8, policy.Name);
            writer.WriteTexts("enforcedGrantControls"u8, GrantControls(policy));
            writer.WriteEmptyArray("enforcedSessionControls"u8);
            writer.WriteString("result"u8, Result(policy, signIn));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string[] GrantControls(ConditionalAccessPolicy policy) =>
        policy.Grant switch { "mfa" => Mfa, "block" => Block, "compliantDevice" => CompliantDevice, _ => [] };

    private static string Result(ConditionalAccessPolicy policy, SignIn signIn) => policy.State switch
    {
        "disabled" => "notEnabled",
        "enabledForReportingButNotEnforced" => policy.Grant == "block" && signIn.IsLegacy ? "reportOnlyFailure" : "reportOnlyNotApplied",
        _ when policy.Grant == "mfa" => signIn.Outcome.Code == 0 && !signIn.IsLegacy ? "success" : "notApplied",
        _ when policy.Grant == "block" && signIn.Outcome.Code == 53003 => "failure",
        _ => "notApplied",
    };
}
