using Azure.Core;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Authentication.Azure;

namespace LocalRuntime.Tests.Tenant;

/// <summary>The packages that the app talks to Graph with, as shipped, against the sample tenant.</summary>
public sealed class RealClientTests
{
    [Fact]
    public async Task Managed_identity_gets_its_token_and_the_Graph_client_lists_users_and_sign_ins()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 150 });
        using var identity = new IdentityVariables(tenant);
        using var client = Client(tenant, new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned));

        var users = await All<User, UserCollectionResponse>(client, await client.Users.GetAsync(request =>
        {
            request.QueryParameters.Top = 40;
            request.QueryParameters.Select = ["id", "displayName", "department", "accountEnabled", "signInActivity"];
            request.QueryParameters.Expand = ["manager"];
        }));
        var signIns = await All<SignIn, SignInCollectionResponse>(client, await client.AuditLogs.SignIns.GetAsync(request =>
            request.QueryParameters.Filter = "createdDateTime ge 2026-05-13T00:00:00Z and createdDateTime lt 2026-05-14T00:00:00Z"));

        Assert.Equal(tenant.Server.Directory.UsersAt(tenant.Clock.Now).Select(user => user.Id.ToString()), users.Select(user => user.Id));
        Assert.Contains(users, user => user.SignInActivity?.LastSignInDateTime is not null && user.Manager is User { DisplayName: not null });
        Assert.True(signIns.Count > 1000);
        Assert.All(signIns, signIn => Assert.NotNull(signIn.Status?.ErrorCode));
        Assert.All(signIns, signIn => Assert.Equal(new DateTime(2026, 5, 13), signIn.CreatedDateTime!.Value.UtcDateTime.Date));
    }

    [Fact]
    public async Task Typed_models_read_roles_applications_policies_and_audits()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 150 });
        using var client = Client(tenant, new FixedToken(await tenant.TokenAsync()));

        var roles = await client.RoleManagement.Directory.RoleAssignments.GetAsync(request => request.QueryParameters.Expand = ["principal"]);
        var eligible = await client.RoleManagement.Directory.RoleEligibilityScheduleInstances.GetAsync();
        var applications = await client.Applications.GetAsync();
        var policies = await client.Identity.ConditionalAccess.Policies.GetAsync();
        var methods = await client.Policies.AuthenticationMethodsPolicy.GetAsync();
        var audits = await client.AuditLogs.DirectoryAudits.GetAsync(request => request.QueryParameters.Top = 10);
        var members = await client.Groups[(await client.Groups.GetAsync())!.Value![0].Id].Members.GetAsync();

        Assert.Contains(roles!.Value!, role => role.Principal is User);
        Assert.Contains(roles.Value!, role => role.Principal is Group);
        Assert.All(eligible!.Value!, instance => Assert.NotNull(instance.StartDateTime));
        Assert.Contains(applications!.Value!, app => app.PasswordCredentials!.Any(secret => secret.EndDateTime < tenant.Clock.Now));
        Assert.Equal(ConditionalAccessPolicyState.Enabled, policies!.Value![0].State);
        Assert.Contains(methods!.AuthenticationMethodConfigurations!, method => method is Fido2AuthenticationMethodConfiguration);
        Assert.All(audits!.Value!, audit => Assert.NotNull(audit.InitiatedBy?.User?.Id));
        Assert.All(members!.Value!, member => Assert.IsType<User>(member));
    }

    [Fact]
    public async Task An_error_is_understood_by_the_client()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.PostFaultAsync("""{"path":"/auditLogs/*","kind":"missingLicence"}""");
        using var client = Client(tenant, new FixedToken(await tenant.TokenAsync()));

        var error = await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => client.AuditLogs.SignIns.GetAsync());

        Assert.Equal(403, error.ResponseStatusCode);
        Assert.Equal("Authentication_RequestFromNonPremiumTenantOrB2CTenant", error.Error!.Code);
    }

    private static GraphServiceClient Client(TestTenant tenant, TokenCredential credential) => new(
        new AzureIdentityAuthenticationProvider(credential, [tenant.Server.BaseAddress.Host], isCaeEnabled: false, scopes: "https://graph.microsoft.com/.default"),
        new Uri(tenant.Server.BaseAddress, "v1.0").ToString());

    private static async Task<List<TRow>> All<TRow, TPage>(GraphServiceClient client, TPage? first)
        where TPage : Microsoft.Kiota.Abstractions.Serialization.IParsable, Microsoft.Kiota.Abstractions.Serialization.IAdditionalDataHolder, new()
    {
        var rows = new List<TRow>();
        await PageIterator<TRow, TPage>.CreatePageIterator(client, first!, row =>
        {
            rows.Add(row);
            return true;
        }).IterateAsync();
        return rows;
    }

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    private sealed class IdentityVariables : IDisposable
    {
        public IdentityVariables(TestTenant tenant)
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", tenant.Server.IdentityEndpoint.ToString());
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", tenant.Server.IdentityHeader);
        }

        public void Dispose()
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        }
    }
}
