using SampleTenant.Directory;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>How the tenant is set up: policies, domains, licences, sharing.</summary>
internal static class PolicyRoutes
{
    public static void Map(RouteTable routes, TenantModel model)
    {
        MapConditionalAccess(routes, model);
        MapAuthentication(routes, model);
        routes.Get("organization", (_, _) => new GraphAnswer.Collection(new ListSource<int>([0], (writer, _, _) => new DirectoryRows(model).WriteOrganisation(writer))
        {
            Type = "microsoft.graph.organization",
            Context = "organization",
        }));
        routes.Get("domains", (_, _) => Rows("domain", "domains", Domains()));
        routes.Get("subscribedSkus", (request, _) => Rows("subscribedSku", "subscribedSkus", Subscriptions(model, request.AsOf)));
        routes.Get("admin/sharepoint/settings", (_, _) => One("sharepointSettings", "admin/sharepoint/settings", new
        {
            sharingCapability = "externalUserAndGuestSharing",
            sharingDomainRestrictionMode = "none",
            sharingAllowedDomainList = Array.Empty<string>(),
            sharingBlockedDomainList = Array.Empty<string>(),
            isResharingByExternalUsersEnabled = true,
            isUnmanagedSyncAppForTenantRestricted = false,
            isLegacyAuthProtocolsEnabled = true,
            deletedUserPersonalSiteRetentionPeriodInDays = 30,
            idleSessionSignOut = new { isEnabled = false, warnAfterInSeconds = 0, signOutAfterInSeconds = 0 },
        }));
    }

    private static void MapConditionalAccess(RouteTable routes, TenantModel model)
    {
        routes.Get("identity/conditionalAccess/policies", (request, _) =>
            Rows("conditionalAccessPolicy", "identity/conditionalAccess/policies", model.Policies.At(request.AsOf).Select((policy, i) => ConditionalAccess(policy, i))));
        routes.Get("identity/conditionalAccess/namedLocations", (_, _) => Rows("namedLocation", "identity/conditionalAccess/namedLocations",
        [
            new
            {
                odataType = "#microsoft.graph.ipNamedLocation",
                id = ObjectIds.Create(model.Directory.Seed, Topic.Policy, 100),
                displayName = model.Directory.IsJapanese ? "本社・工場" : "Head office and plant",
                createdDateTime = model.Directory.Start.AddDays(-700).AddHours(10),
                modifiedDateTime = model.Directory.Start.AddDays(-90).AddHours(10),
                isTrusted = true,
                ipRanges = new object[] { Range("203.0.113.8/29"), Range("192.0.2.0/28") },
            },
            new
            {
                odataType = "#microsoft.graph.countryNamedLocation",
                id = ObjectIds.Create(model.Directory.Seed, Topic.Policy, 101),
                displayName = model.Directory.IsJapanese ? "日本" : "Japan",
                createdDateTime = model.Directory.Start.AddDays(-700).AddHours(11),
                modifiedDateTime = model.Directory.Start.AddDays(-700).AddHours(11),
                countriesAndRegions = Texts("JP"),
                includeUnknownCountriesAndRegions = false,
            },
        ]));
    }

    private static void MapAuthentication(RouteTable routes, TenantModel model)
    {
        routes.Get("policies/identitySecurityDefaultsEnforcementPolicy", (_, _) => One("identitySecurityDefaultsEnforcementPolicy", "policies/identitySecurityDefaultsEnforcementPolicy", new
        {
            id = "00000000-0000-0000-0000-000000000005",
            displayName = "Security Defaults",
            description = "Security defaults is a set of basic identity security mechanisms recommended by Microsoft.",
            isEnabled = false,
        }));
        routes.Get("policies/authorizationPolicy", (_, _) => One("authorizationPolicy", "policies/authorizationPolicy", new
        {
            id = "authorizationPolicy",
            displayName = "Authorization Policy",
            description = "Used to manage authorization related settings across the company.",
            allowInvitesFrom = "everyone",
            allowedToSignUpEmailBasedSubscriptions = true,
            allowedToUseSSPR = true,
            allowEmailVerifiedUsersToJoinOrganization = false,
            allowUserConsentForRiskyApps = (bool?)null,
            blockMsolPowerShell = false,
            guestUserRoleId = "10dae51f-b6af-4016-8d66-8c2a99b929b3",
            defaultUserRolePermissions = new
            {
                allowedToCreateApps = true,
                allowedToCreateSecurityGroups = true,
                allowedToCreateTenants = true,
                allowedToReadBitlockerKeysForOwnedDevice = true,
                allowedToReadOtherUsers = true,
                permissionGrantPoliciesAssigned = Texts("ManagePermissionGrantsForSelf.microsoft-user-default-legacy"),
            },
        }));
        routes.Get("policies/authenticationMethodsPolicy", (_, _) => One("authenticationMethodsPolicy", "policies/authenticationMethodsPolicy", MethodsPolicy(model)));
        routes.Get("groupSettings", (_, _) => Rows("groupSetting", "groupSettings",
        [
            new
            {
                id = ObjectIds.Create(model.Directory.Seed, Topic.Policy, 200),
                displayName = "Password Rule Settings",
                templateId = "5cf42378-d67d-4f36-ba46-e8b86229381d",
                values = new[]
                {
                    Setting("BannedPasswordCheckOnPremisesMode", "Audit"), Setting("EnableBannedPasswordCheckOnPremises", "False"), Setting("EnableBannedPasswordCheck", "True"),
                    Setting("LockoutDurationInSeconds", "60"), Setting("LockoutThreshold", "10"), Setting("BannedPasswordList", "mihon\tseisakusho"),
                },
            },
        ]));
    }

    private static object MethodsPolicy(TenantModel model) => new
    {
        id = "authenticationMethodsPolicy",
        displayName = "Authentication Methods Policy",
        description = "The tenant-wide policy that controls which authentication methods are allowed in the tenant",
        lastModifiedDateTime = model.Directory.Start.AddDays(-33).AddHours(14).AddTicks(4_567_891),
        policyVersion = "1.5",
        policyMigrationState = "migrationComplete",
        registrationEnforcement = new
        {
            authenticationMethodsRegistrationCampaign = new { snoozeDurationInDays = 1, enforceRegistrationAfterAllowedSnoozes = true, state = "default", excludeTargets = Array.Empty<object>() },
        },
        authenticationMethodConfigurations = new[]
        {
            Method("fido2", "Fido2", "enabled"), Method("microsoftAuthenticator", "MicrosoftAuthenticator", "enabled"), Method("sms", "Sms", "enabled"),
            Method("temporaryAccessPass", "TemporaryAccessPass", "disabled"), Method("softwareOath", "SoftwareOath", "enabled"), Method("voice", "Voice", "disabled"),
            Method("email", "Email", "enabled"), Method("x509Certificate", "X509Certificate", "disabled"),
        },
    };

    private static object Method(string type, string id, string state) => new { odataType = $"#microsoft.graph.{type}AuthenticationMethodConfiguration", id, state, excludeTargets = Array.Empty<object>() };

    private static string[] Texts(params string[] values) => values;

    private static object Setting(string name, string value) => new { name, value };

    private static object Range(string address) => new { odataType = "#microsoft.graph.iPv4CidrRange", cidrAddress = address };

    private static object ConditionalAccess(ConditionalAccessPolicy policy, int number) => new
    {
        id = policy.Id,
        templateId = (string?)null,
        displayName = policy.Name,
        createdDateTime = policy.Created,
        modifiedDateTime = policy.Modified,
        state = policy.State,
        sessionControls = number == 5 ? new { signInFrequency = new { value = 8, type = "hours", isEnabled = true } } : null,
        conditions = new
        {
            clientAppTypes = number == 2 ? new[] { "exchangeActiveSync", "other" } : ["all"],
            userRiskLevels = Array.Empty<string>(),
            signInRiskLevels = Array.Empty<string>(),
            applications = new { includeApplications = new[] { "All" }, excludeApplications = Array.Empty<string>() },
            users = new
            {
                includeUsers = number is 0 or 5 ? Array.Empty<string>() : ["All"],
                excludeUsers = Array.Empty<string>(),
                includeRoles = number == 0 ? new[] { TenantRoles.Definitions[0].Id, TenantRoles.Definitions[2].Id } : [],
            },
            locations = number == 3 ? new { includeLocations = new[] { "All" }, excludeLocations = new[] { "AllTrusted" } } : null,
        },
        grantControls = policy.Grant is null ? null : new { @operator = "OR", builtInControls = new[] { policy.Grant } },
    };

    private static IEnumerable<object> Domains() => new[] { (TenantDirectory.Domain, true), (TenantDirectory.InitialDomain, false) }.Select(domain => (object)new
    {
        authenticationType = "Managed",
        availabilityStatus = (string?)null,
        id = domain.Item1,
        isAdminManaged = true,
        isDefault = domain.Item2,
        isInitial = !domain.Item2,
        isRoot = true,
        isVerified = true,
        passwordNotificationWindowInDays = 14,
        passwordValidityPeriodInDays = domain.Item2 ? int.MaxValue : 90,
        supportedServices = Texts("Email", "OfficeCommunicationsOnline"),
        state = (object?)null,
    });

    private static IEnumerable<object> Subscriptions(TenantModel model, DateTimeOffset now)
    {
        var used = model.Directory.Lives.CountAt(now.UtcTicks) * 9 / 10;
        return [Subscription(model, "SPE_E3", Licences.E3, (int)(used * 1.1), used), Subscription(model, "AAD_PREMIUM_P2", Licences.EntraP2, Math.Max(5, used / 4), used / 4)];
    }

    private static object Subscription(TenantModel model, string name, Guid sku, int bought, int used) => new
    {
        accountName = "mihonworks",
        accountId = model.TenantId,
        appliesTo = "User",
        capabilityStatus = "Enabled",
        consumedUnits = used,
        id = $"{model.TenantId}_{sku}",
        skuId = sku,
        skuPartNumber = name,
        prepaidUnits = new { enabled = bought, suspended = 0, warning = 0, lockedOut = 0 },
        servicePlans = Array.Empty<object>(),
    };

    internal static GraphAnswer Rows(string type, string context, IEnumerable<object> rows, int pageSize = 100) =>
        new GraphAnswer.Collection(SmallRows.Of(type, context, rows, pageSize));

    internal static GraphAnswer One(string type, string context, object row) => new GraphAnswer.Entity(SmallRows.Of(type, context, [row])) { IsSingleton = true };
}
