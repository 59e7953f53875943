using System.Buffers.Text;
using System.Text.Json;
using SampleTenant.Directory;

namespace SampleTenant.Sources;

/// <summary>An app role given to a principal.</summary>
internal sealed record AppRoleGrant(
    int Number, Guid Principal, string PrincipalName, string PrincipalType, Guid RoleId, TenantApplication Resource, DateTimeOffset Created);

/// <summary>A delegated permission that an application was granted.</summary>
internal sealed record DelegatedGrant(int Number, TenantApplication Client, TenantApplication Resource, int UserIndex, string Scope);

/// <summary>Writes applications, their service principals and what these may do.</summary>
internal sealed class ApplicationRows(TenantModel model)
{
    private static readonly string[] Scopes =
    [
        "User.Read", "User.Read openid profile offline_access", "Mail.Read User.Read", "Files.ReadWrite.All Sites.Read.All User.Read",
        "Calendars.Read User.Read",
    ];

    public void WriteApplication(Utf8JsonWriter writer, TenantApplication app, RowContext context)
    {
        writer.WriteString("id"u8, app.ObjectId!.Value);
        writer.WriteNull("deletedDateTime"u8);
        writer.WriteString("appId"u8, app.AppId);
        writer.WriteTime("createdDateTime"u8, app.Created);
        writer.WriteString("displayName"u8, app.Name);
        writer.WriteString("publisherDomain"u8, TenantDirectory.Domain);
        writer.WriteString("signInAudience"u8, app.Number % 9 == 0 ? "AzureADMultipleOrgs" : "AzureADMyOrg");
        writer.WriteEmptyArray("identifierUris"u8);
        writer.WriteEmptyArray("tags"u8);
        writer.WriteEmptyArray("appRoles"u8);
        WriteCredentials(writer, app, context.Now);
        writer.WriteStartArray("requiredResourceAccess"u8);
        WriteRequiredAccess(writer, app);
        writer.WriteEndArray();
        WriteOwners(writer, app, context);
    }

    public void WriteServicePrincipal(Utf8JsonWriter writer, TenantApplication app, RowContext context)
    {
        writer.WriteString("id"u8, app.ServicePrincipalId);
        writer.WriteNull("deletedDateTime"u8);
        writer.WriteBoolean("accountEnabled"u8, app.Enabled);
        writer.WriteString("appDisplayName"u8, app.Name);
        writer.WriteString("appId"u8, app.AppId);
        writer.WriteString("appOwnerOrganizationId"u8, app.IsForeign ? ForeignTenant(app) : model.TenantId.ToString());
        writer.WriteBoolean("appRoleAssignmentRequired"u8, app.Number % 5 == 0);
        writer.WriteTime("createdDateTime"u8, app.Created);
        writer.WriteString("displayName"u8, app.Name);
        writer.WriteTexts("servicePrincipalNames"u8, app.AppId.ToString());
        writer.WriteString("servicePrincipalType"u8, app.IsManagedIdentity ? "ManagedIdentity" : "Application");
        writer.WriteTexts("tags"u8, app.IsManagedIdentity ? [] : ["WindowsAzureActiveDirectoryIntegratedApp"]);
        writer.WriteStartArray("appRoles"u8);
        foreach (var (value, id) in app.Number == 0 ? TenantApplications.GraphAppRoles : [])
        {
            writer.WriteStartObject();
            writer.WriteTexts("allowedMemberTypes"u8, "Application");
            writer.WriteString("displayName"u8, value);
            writer.WriteString("id"u8, id);
            writer.WriteBoolean("isEnabled"u8, true);
            writer.WriteString("value"u8, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEmptyArray("oauth2PermissionScopes"u8);
        if (app.ObjectId is null)
        {
            WriteCredentials(writer, app, context.Now);
        }
        else
        {
            writer.WriteEmptyArray("passwordCredentials"u8);
            writer.WriteEmptyArray("keyCredentials"u8);
        }

        WriteOwners(writer, app, context);
        if (context.Expand.Contains("appRoleAssignedTo"))
        {
            writer.WriteStartArray("appRoleAssignedTo"u8);
            foreach (var grant in AssignedTo(app, context.Now))
            {
                writer.WriteStartObject();
                WriteAppRoleGrant(writer, grant, context);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>Who may use an application, or on Microsoft Graph: which programs have which permission.</summary>
    public IReadOnlyList<AppRoleGrant> AssignedTo(TenantApplication app, DateTimeOffset now)
    {
        if (app.Number == 0)
        {
            return [.. model.Applications.At(now)
                .SelectMany(client => client.GraphPermissions.Select(permission => (client, Role: RoleId(permission))))
                .Select((row, i) => new AppRoleGrant(
                    i, row.client.ServicePrincipalId, row.client.Name, "ServicePrincipal", row.Role, app, row.client.Created))];
        }

        var bits = Noise.Bits(model.Directory.Seed, Topic.AppRole, (ulong)app.Number);
        var users = app.Number < TenantApplications.FirstPartyCount ? 0 : (int)(bits % 6);
        return [.. Enumerable.Range(0, users)
            .Select(i => model.User(Noise.Below(model.Directory.Seed, Topic.AppRole, ((ulong)app.Number << 16) | (uint)i, model.Directory.InitialUsers)))
            .DistinctBy(user => user.Index)
            .Where(user => user.ExistsAt(now))
            .Select(user => new AppRoleGrant((app.Number * 16) + user.Index, user.Id, user.DisplayName, "User", Guid.Empty, app, app.Created.AddDays(2)))];
    }

    public static void WriteAppRoleGrant(Utf8JsonWriter writer, AppRoleGrant grant, RowContext context)
    {
        _ = context;
        var key = Noise.Next((ulong)grant.Number ^ BitConverter.ToUInt64(grant.Principal.ToByteArray()));
        writer.WriteString("id"u8, Base64Url.EncodeToString([.. grant.Principal.ToByteArray(), .. BitConverter.GetBytes(key)]));
        writer.WriteNull("deletedDateTime"u8);
        writer.WriteString("appRoleId"u8, grant.RoleId);
        writer.WriteTime("createdDateTime"u8, grant.Created);
        writer.WriteString("principalDisplayName"u8, grant.PrincipalName);
        writer.WriteString("principalId"u8, grant.Principal);
        writer.WriteString("principalType"u8, grant.PrincipalType);
        writer.WriteString("resourceDisplayName"u8, grant.Resource.Name);
        writer.WriteString("resourceId"u8, grant.Resource.ServicePrincipalId);
    }

    public IReadOnlyList<DelegatedGrant> DelegatedGrants(DateTimeOffset now)
    {
        var grants = new List<DelegatedGrant>();
        foreach (var app in model.Applications.At(now).Where(app => app.Number >= TenantApplications.FirstPartyCount && !app.IsManagedIdentity))
        {
            var bits = Noise.Bits(model.Directory.Seed, Topic.Grant, (ulong)app.Number);
            var user = bits % 3 == 0 ? -1 : Noise.ToBelow(Noise.Next(bits), model.Directory.InitialUsers);
            grants.Add(new DelegatedGrant(app.Number, app, model.Applications.Graph, user, Scopes[bits % (ulong)Scopes.Length]));
        }

        return grants;
    }

    public void WriteDelegatedGrant(Utf8JsonWriter writer, DelegatedGrant grant, RowContext context)
    {
        _ = context;
        writer.WriteString("clientId"u8, grant.Client.ServicePrincipalId);
        writer.WriteString("consentType"u8, grant.UserIndex < 0 ? "AllPrincipals"u8 : "Principal"u8);
        writer.WriteString("id"u8, Base64Url.EncodeToString(grant.Client.ServicePrincipalId.ToByteArray()));
        writer.WriteString("principalId"u8, grant.UserIndex < 0 ? null : model.Directory.UserId(grant.UserIndex).ToString());
        writer.WriteString("resourceId"u8, grant.Resource.ServicePrincipalId);
        writer.WriteString("scope"u8, grant.Scope);
    }

    private static Guid RoleId(string permission) => TenantApplications.GraphAppRoles.First(role => role.Value == permission).Id;

    private string ForeignTenant(TenantApplication app) => app.Number < TenantApplications.FirstPartyCount
        ? "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
        : ObjectIds.Create(model.Directory.Seed, Topic.Tenant, app.Number).ToString();

    private void WriteOwners(Utf8JsonWriter writer, TenantApplication app, RowContext context)
    {
        if (!context.Expand.Contains("owners"))
        {
            return;
        }

        writer.WriteStartArray("owners"u8);
        foreach (var owner in app.OwnerIndexes.Select(model.User).Where(user => user.ExistsAt(context.Now)))
        {
            writer.WriteStartObject();
            UserRows.WriteReference(writer, owner);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRequiredAccess(Utf8JsonWriter writer, TenantApplication app)
    {
        if (app.GraphPermissions.Count == 0)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("resourceAppId"u8, "00000003-0000-0000-c000-000000000000"u8);
        writer.WriteStartArray("resourceAccess"u8);
        foreach (var permission in app.GraphPermissions)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, RoleId(permission));
            writer.WriteString("type"u8, "Role"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCredentials(Utf8JsonWriter writer, TenantApplication app, DateTimeOffset now)
    {
        foreach (var isCertificate in (bool[])[false, true])
        {
            writer.WriteStartArray(isCertificate ? "keyCredentials"u8 : "passwordCredentials"u8);
            foreach (var credential in app.Credentials.Where(credential => credential.IsCertificate == isCertificate && credential.From <= now))
            {
                writer.WriteStartObject();
                writer.WriteNull("customKeyIdentifier"u8);
                writer.WriteString("displayName"u8, credential.Name);

                // Secrets carry seven digits of a second, certificates none: as the service has them.
                writer.WriteTime("endDateTime"u8, isCertificate ? credential.To : credential.To.AddTicks(1_234_567));
                if (!isCertificate)
                {
                    writer.WriteNull("hint"u8);
                }

                writer.WriteString("keyId"u8, credential.KeyId);
                writer.WriteTime("startDateTime"u8, isCertificate ? credential.From : credential.From.AddTicks(1_234_567));
                if (isCertificate)
                {
                    writer.WriteString("type"u8, "AsymmetricX509Cert"u8);
                    writer.WriteString("usage"u8, "Verify"u8);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }
}
