using System.Buffers.Text;
using System.Text.Json;
using SampleTenant.Directory;

namespace SampleTenant.Sources;

/// <summary>Writes groups, roles and applications.</summary>
internal sealed class DirectoryRows(TenantModel model)
{
    private readonly Guid tenantId = model.TenantId;

    public void WriteGroup(Utf8JsonWriter writer, TenantGroup group, RowContext context)
    {
        writer.WriteString("id"u8, group.Id);
        writer.WriteNull("deletedDateTime"u8);
        writer.WriteNull("classification"u8);
        writer.WriteTime("createdDateTime"u8, group.Created);
        writer.WriteEmptyArray("creationOptions"u8);
        writer.WriteNull("description"u8);
        writer.WriteString("displayName"u8, group.Name);
        writer.WriteNull("expirationDateTime"u8);
        writer.WriteTexts("groupTypes"u8, [.. group.IsUnified ? (string[])["Unified"] : [], .. group.DynamicRule is null ? (string[])[] : ["DynamicMembership"]]);
        if (group.IsRoleAssignable)
        {
            writer.WriteBoolean("isAssignableToRole"u8, true);
        }
        else
        {
            writer.WriteNull("isAssignableToRole"u8);
        }

        writer.WriteString("mail"u8, group.IsUnified ? $"{group.MailNickname}@{TenantDirectory.Domain}" : null);
        writer.WriteBoolean("mailEnabled"u8, group.IsUnified);
        writer.WriteString("mailNickname"u8, group.MailNickname);
        writer.WriteString("membershipRule"u8, group.DynamicRule);
        writer.WriteString("membershipRuleProcessingState"u8, group.DynamicRule is null ? null : "On");
        writer.WriteNull("onPremisesSyncEnabled"u8);
        writer.WriteTime("renewedDateTime"u8, group.Created);
        writer.WriteBoolean("securityEnabled"u8, !group.IsUnified);
        writer.WriteString("visibility"u8, group.IsUnified ? group.Number % 3 == 0 ? "Public" : "Private" : null);
        if (context.Expand.Contains("members"))
        {
            // Graph expands no more than twenty.
            WriteMembers(writer, "members"u8, model.Groups.Members(group, context.Now).Take(20), context);
        }

        if (context.Expand.Contains("owners"))
        {
            WriteMembers(writer, "owners"u8, group.OwnerIndex < 0 ? [] : [new GroupMember(group.OwnerIndex, null)], context);
        }
    }

    public void WriteMember(Utf8JsonWriter writer, GroupMember member, RowContext context)
    {
        if (member.Group is { } group)
        {
            writer.WriteString("@odata.type"u8, "#microsoft.graph.group"u8);
            WriteGroup(writer, group, context with { Expand = [] });
        }
        else
        {
            UserRows.WriteReference(writer, model.User(member.UserIndex));
        }
    }

    public static void WriteRoleDefinition(Utf8JsonWriter writer, RoleDefinition role, RowContext context)
    {
        writer.WriteString("id"u8, role.Id);
        writer.WriteString("description"u8, role.Description);
        writer.WriteString("displayName"u8, role.Name);
        writer.WriteBoolean("isBuiltIn"u8, true);
        writer.WriteBoolean("isEnabled"u8, true);
        if (context.IsBeta)
        {
            writer.WriteBoolean("isPrivileged"u8, role.IsPrivileged);
        }

        writer.WriteTexts("resourceScopes"u8, "/");
        writer.WriteString("templateId"u8, role.Id);
        writer.WriteString("version"u8, "1"u8);
        writer.WriteEmptyArray("rolePermissions"u8);
    }

    public void WriteRoleAssignment(Utf8JsonWriter writer, RoleGrant grant, RowContext context)
    {
        writer.WriteString("id"u8, AssignmentId(grant));
        writer.WriteString("principalId"u8, grant.Principal);
        writer.WriteString("directoryScopeId"u8, "/"u8);
        writer.WriteString("roleDefinitionId"u8, grant.Role.Id);
        WriteExpanded(writer, grant, context);
    }

    public void WriteAssignmentInstance(Utf8JsonWriter writer, (RoleGrant Grant, DateTimeOffset From, DateTimeOffset? To, bool Activated) row, RowContext context)
    {
        writer.WriteString("id"u8, OpaqueId(row.Grant, row.Activated ? 2 : 1));
        WriteSchedule(writer, row.Grant, row.From, row.To);
        writer.WriteString("assignmentType"u8, row.Activated ? "Activated"u8 : "Assigned"u8);
        writer.WriteString("memberType"u8, "Direct"u8);
        writer.WriteString("roleAssignmentOriginId"u8, AssignmentId(row.Grant));
        writer.WriteString("roleAssignmentScheduleId"u8, Logs.SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.RoleAssignment, (ulong)row.Grant.Number)));
        WriteExpanded(writer, row.Grant, context);
    }

    public void WriteEligibilityInstance(Utf8JsonWriter writer, RoleGrant grant, RowContext context)
    {
        writer.WriteString("id"u8, OpaqueId(grant, 3));
        WriteSchedule(writer, grant, grant.From, grant.To);
        writer.WriteString("memberType"u8, "Direct"u8);
        writer.WriteString("roleEligibilityScheduleId"u8, Logs.SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.RoleAssignment, (ulong)grant.Number + 5000)));
        WriteExpanded(writer, grant, context);
    }

    public void WriteOrganisation(Utf8JsonWriter writer)
    {
        writer.WriteString("id"u8, tenantId);
        writer.WriteString("displayName"u8, model.Directory.IsJapanese ? "株式会社みほん製作所" : "Mihon Works Co., Ltd.");
        writer.WriteString("city"u8, model.Directory.IsJapanese ? "千代田区" : "Chiyoda-ku");
        writer.WriteString("country"u8, "JP"u8);
        writer.WriteString("countryLetterCode"u8, "JP"u8);
        writer.WriteTime("createdDateTime"u8, model.Directory.Start.AddYears(-9));
        writer.WriteString("preferredLanguage"u8, "ja"u8);
        writer.WriteString("tenantType"u8, "AAD"u8);
        writer.WriteTexts("technicalNotificationMails"u8, $"info0@{TenantDirectory.Domain}");
        writer.WriteStartArray("verifiedDomains"u8);
        foreach (var (name, isDefault) in new[] { (TenantDirectory.Domain, true), (TenantDirectory.InitialDomain, false) })
        {
            writer.WriteStartObject();
            writer.WriteString("capabilities"u8, "Email, OfficeCommunicationsOnline"u8);
            writer.WriteBoolean("isDefault"u8, isDefault);
            writer.WriteBoolean("isInitial"u8, !isDefault);
            writer.WriteString("name"u8, name);
            writer.WriteString("type"u8, "Managed"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSchedule(Utf8JsonWriter writer, RoleGrant grant, DateTimeOffset from, DateTimeOffset? to)
    {
        writer.WriteString("principalId"u8, grant.Principal);
        writer.WriteString("roleDefinitionId"u8, grant.Role.Id);
        writer.WriteString("directoryScopeId"u8, "/"u8);
        writer.WriteNull("appScopeId"u8);
        writer.WriteTime("startDateTime"u8, from);
        writer.WriteTime("endDateTime"u8, to);
    }

    private void WriteExpanded(Utf8JsonWriter writer, RoleGrant grant, RowContext context)
    {
        if (context.Expand.Contains("roleDefinition"))
        {
            writer.WriteStartObject("roleDefinition"u8);
            WriteRoleDefinition(writer, grant.Role, context);
            writer.WriteEndObject();
        }

        if (context.Expand.Contains("principal"))
        {
            writer.WriteStartObject("principal"u8);
            WritePrincipal(writer, grant, context with { Expand = [] });
            writer.WriteEndObject();
        }
    }

    private void WritePrincipal(Utf8JsonWriter writer, RoleGrant grant, RowContext context)
    {
        switch (grant.PrincipalType)
        {
            case "user":
                UserRows.WriteReference(writer, model.User(grant.UserIndex));
                break;
            case "group":
                WriteMember(writer, new GroupMember(-1, model.Groups.Find(grant.Principal)), context);
                break;
            default:
                writer.WriteString("@odata.type"u8, "#microsoft.graph.servicePrincipal"u8);
                writer.WriteString("id"u8, grant.Principal);
                writer.WriteString("displayName"u8, model.Applications.All.First(app => app.ServicePrincipalId == grant.Principal).Name);
                break;
        }
    }

    private void WriteMembers(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<GroupMember> members, RowContext context)
    {
        writer.WriteStartArray(name);
        foreach (var member in members)
        {
            writer.WriteStartObject();
            WriteMember(writer, member, context with { Expand = [] });
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Somebody can have a role both for good and by activation: two assignments.
    private static string AssignmentId(RoleGrant grant) => OpaqueId(grant, grant.IsEligible ? 4 : 0);

    // Role assignments have ids that are no GUIDs.
    private static string OpaqueId(RoleGrant grant, int flavour) =>
        $"{Base64Url.EncodeToString(grant.Role.Id.ToByteArray())[..18]}{Base64Url.EncodeToString(grant.Principal.ToByteArray())[..20]}-{flavour + 1}";
}
