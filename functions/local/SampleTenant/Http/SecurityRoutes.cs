using System.Globalization;
using SampleTenant.Directory;
using SampleTenant.Logs;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>Risk, alerts, scores, devices, access reviews, training and backup: small, but of the right shape.</summary>
internal static class SecurityRoutes
{
    public static void Map(RouteTable routes, TenantModel model, SampleTenantOptions options)
    {
        MapRisk(routes, model, options);
        MapDevices(routes, model);
        AccessReviewRoutes.Map(routes, model);
        routes.Get("security/alerts_v2", (request, _) => PolicyRoutes.Rows("security.alert", "security/alerts_v2", Past(model, request.AsOf, 11).Select(at => Alert(model, at))));
        routes.Get("security/incidents", (request, _) => PolicyRoutes.Rows("security.incident", "security/incidents", Past(model, request.AsOf, 22).Select(at => Incident(model, at)), 50));
        routes.Get("security/secureScores", (request, _) => PolicyRoutes.Rows(
            "secureScore", "security/secureScores", Enumerable.Range(0, 90).Select(day => Score(model, OrganisationCalendar.LocalDay(request.AsOf).AddDays(-day)))));
        routes.Get("security/secureScoreControlProfiles", (_, _) => PolicyRoutes.Rows("secureScoreControlProfile", "security/secureScoreControlProfiles", Controls.Select(Profile)));
        routes.Get("security/attackSimulation/simulations", (request, _) => PolicyRoutes.Rows(
            "simulation", "security/attackSimulation/simulations", Past(model, request.AsOf, 120).Select(at => Simulation(model, at, request.AsOf))));
        routes.Get("security/attackSimulation/trainings", (_, _) => PolicyRoutes.Rows("training", "security/attackSimulation/trainings", Trainings(model)));
        foreach (var service in (string[])["sharePoint", "exchange", "oneDriveForBusiness"])
        {
            routes.Get($"solutions/backupRestore/{service}ProtectionPolicies", (_, _) =>
                PolicyRoutes.Rows($"{service}ProtectionPolicy", $"solutions/backupRestore/{service}ProtectionPolicies", [BackupPolicy(model, service)]));
        }
    }

    private static readonly (string Id, string Title, double Most)[] Controls =
    [
        ("AdminMFAV2", "Ensure multifactor authentication is enabled for all users in administrative roles", 10), ("BlockLegacyAuthentication", "Enable policies to block legacy authentication", 8),
        ("OneAdmin", "Designate more than one global admin", 1), ("RoleOverlap", "Use least privileged administrative roles", 1), ("UserRiskPolicy", "Enable user risk policies", 7),
        ("PWAgePolicyNew", "Do not expire passwords", 8), ("SelfServicePasswordReset", "Enable self-service password reset", 1), ("IntegratedApps", "Do not allow users to grant consent to unreliable applications", 4),
    ];

    private static void MapRisk(RouteTable routes, TenantModel model, SampleTenantOptions options)
    {
        var visibility = new LogVisibility(TimeSpan.FromDays(90), options.IngestionLag, 0, TimeSpan.Zero);
        routes.Get("identityProtection/riskDetections", (_, _) => new GraphAnswer.Collection(new RiskSource(model, visibility)
        {
            Type = "microsoft.graph.riskDetection",
            Context = "identityProtection/riskDetections",
            DefaultPageSize = 100,
            MaximalPageSize = 500,
        }));
        routes.Get("identityProtection/riskyUsers", (request, _) => PolicyRoutes.Rows("riskyUser", "identityProtection/riskyUsers", RiskyUsers(model, request.AsOf), 500));
        routes.Get("reports/authenticationMethods/userRegistrationDetails", (request, _) => new GraphAnswer.Collection(
            new UserSource(model, (writer, user, context) => RegistrationRows.Write(writer, user, model, context), user => user.IsEnabledAt(request.AsOf))
            {
                Type = "microsoft.graph.userRegistrationDetails",
                Context = "reports/authenticationMethods/userRegistrationDetails",
                MaximalPageSize = 1000,
            }));
    }

    private static void MapDevices(RouteTable routes, TenantModel model)
    {
        routes.Get("deviceManagement/managedDevices", (request, _) => new GraphAnswer.Collection(
            new UserSource(
                model,
                (writer, user, context) => DeviceRows.Write(writer, user, model, context),
                user => user.IsEnabledAt(request.AsOf) && DeviceRows.Has(user, model.Directory.Seed))
            {
                Type = "microsoft.graph.managedDevice",
                Context = "deviceManagement/managedDevices",
                DefaultPageSize = 1000,
                MaximalPageSize = 1000,
            }));
        routes.Get("deviceManagement/deviceCompliancePolicies", (_, _) => PolicyRoutes.Rows("deviceCompliancePolicy", "deviceManagement/deviceCompliancePolicies",
        [
            new
            {
                odataType = "#microsoft.graph.windows10CompliancePolicy",
                id = ObjectIds.Create(model.Directory.Seed, Topic.Device + 2000, 0),
                createdDateTime = model.Directory.Start.AddDays(-600).AddHours(10),
                description = (string?)null,
                lastModifiedDateTime = model.Directory.Start.AddDays(-210).AddHours(10).AddTicks(1_234_567),
                displayName = model.Directory.IsJapanese ? "Windows 準拠ポリシー" : "Windows compliance",
                version = 3,
                passwordRequired = true,
                passwordMinimumLength = 8,
                bitLockerEnabled = true,
                storageRequireEncryption = true,
                osMinimumVersion = "10.0.22631",
            },
        ]));
    }

    private static IEnumerable<object> RiskyUsers(TenantModel model, DateTimeOffset now)
    {
        var entries = new List<LogEntry>();
        for (var minute = now.AddDays(-30).UtcTicks / TimeSpan.TicksPerMinute; minute < now.UtcTicks / TimeSpan.TicksPerMinute; minute++)
        {
            model.RiskFeeds[0].Collect(minute, entries);
        }

        return entries
            .Select(entry => (entry, RiskSource.Facts(model, entry).UserIndex, RiskSource.Facts(model, entry).Level))
            .GroupBy(row => row.UserIndex)
            .OrderBy(group => group.Key)
            .Select(group => (Last: group.MaxBy(row => row.entry.Ticks), User: model.User(group.Key)))
            .Where(row => row.User.ExistsAt(now))
            .Select((row, i) => (object)new
            {
                id = row.User.Id,

                // The service has been seen to answer with the name of the type.
                isDeleted = i == 1 ? (object)"Boolean" : false,
                isProcessing = false,
                riskLevel = row.Last.Level,
                riskState = row.Last.entry.Bits % 3 == 0 ? "remediated" : "atRisk",
                riskDetail = row.Last.entry.Bits % 3 == 0 ? "userPerformedSecuredPasswordReset" : "none",
                riskLastUpdatedDateTime = new DateTimeOffset(row.Last.entry.Ticks, TimeSpan.Zero).AddSeconds(90),
                userDisplayName = row.User.DisplayName,
                userPrincipalName = row.User.UserPrincipalName,
            });
    }

    /// <summary>Moments every so many days from before the first day up to now, newest first.</summary>
    internal static IEnumerable<DateTimeOffset> Past(TenantModel model, DateTimeOffset now, int everyDays)
    {
        var first = model.Directory.Start.AddDays(-2 * everyDays).AddMinutes(682);
        return Enumerable.Range(0, 400).Select(i => first.AddDays(i * everyDays)).TakeWhile(at => at <= now).Reverse().Where(at => at > now.AddDays(-365));
    }

    private static object Alert(TenantModel model, DateTimeOffset at)
    {
        var bits = Noise.Bits(model.Directory.Seed, Topic.Alert, (ulong)at.UtcTicks);
        string[] severities = ["low", "medium", "high", "informational"];
        return new
        {
            id = $"da{bits:x}_{bits % 100_000_000:D9}",
            providerAlertId = $"da{bits:x}",
            incidentId = (bits % 900 + 100).ToString(CultureInfo.InvariantCulture),
            status = bits % 3 == 0 ? "new" : "resolved",
            severity = severities[bits / 5 % 4],
            classification = bits % 3 == 0 ? null : "falsePositive",
            determination = (string?)null,
            serviceSource = "microsoftDefenderForEndpoint",
            detectionSource = "antivirus",
            productName = "Microsoft Defender for Endpoint",
            tenantId = model.TenantId,
            title = bits % 2 == 0 ? "Suspicious PowerShell command line" : "Email messages containing malicious URL removed after delivery",
            description = "Sample alert.",
            category = "Execution",
            createdDateTime = at.AddTicks(3_333_333),
            lastUpdateDateTime = at.AddHours(5),
            resolvedDateTime = bits % 3 == 0 ? (DateTimeOffset?)null : at.AddHours(5),
        };
    }

    private static object Incident(TenantModel model, DateTimeOffset at)
    {
        var bits = Noise.Bits(model.Directory.Seed, Topic.Alert + 1, (ulong)at.UtcTicks);
        return new
        {
            id = (bits % 900 + 100).ToString(CultureInfo.InvariantCulture),
            tenantId = model.TenantId,
            status = bits % 2 == 0 ? "active" : "resolved",
            severity = bits % 4 == 0 ? "high" : "medium",
            displayName = "Multi-stage incident on one endpoint",
            createdDateTime = at,
            lastUpdateDateTime = at.AddHours(7).AddTicks(1_000_001),
            classification = "unknown",
            determination = "unknown",
        };
    }

    private static object Score(TenantModel model, DateOnly day)
    {
        var growth = Math.Clamp((day.DayNumber - OrganisationCalendar.LocalDay(model.Directory.Start).DayNumber) / 20.0, -10, 15);
        return new
        {
            id = $"{model.TenantId}_{day:yyyy-MM-dd}",
            azureTenantId = model.TenantId,
            activeUserCount = model.Directory.InitialUsers,
            createdDateTime = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            currentScore = Math.Round(41.5 + growth, 2),
            enabledServices = new[] { "HasExchange", "HasSharePoint", "HasAADP2" },
            licensedUserCount = model.Directory.InitialUsers,
            maxScore = 96.0,
            vendorInformation = new { provider = "SecureScore", providerVersion = (string?)null, subProvider = (string?)null, vendor = "Microsoft" },
            averageComparativeScores = new[] { new { basis = "AllTenants", averageScore = 38.2 } },
            controlScores = Controls.Select((control, i) => new { controlCategory = "Identity", controlName = control.Id, description = control.Title, score = i % 3 == 0 ? control.Most : 0 }),
        };
    }

    private static object Profile((string Id, string Title, double Most) control, int number) => new
    {
        id = control.Id,
        azureTenantId = (string?)null,
        actionType = "Config",
        controlCategory = "Identity",
        title = control.Title,
        deprecated = false,
        implementationCost = number % 2 == 0 ? "Low" : "Moderate",
        maxScore = control.Most,
        rank = number + 1,
        service = "AzureAD",
        tier = "Core",
        userImpact = "Low",
    };

    private static object Simulation(TenantModel model, DateTimeOffset at, DateTimeOffset now) => new
    {
        id = SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.Simulation, (ulong)at.UtcTicks)),
        displayName = model.Directory.IsJapanese ? $"標的型メール訓練 {at:yyyy-MM}" : $"Phishing drill {at:yyyy-MM}",
        attackTechnique = "credentialHarvesting",
        attackType = "social",
        status = at.AddDays(7) <= now ? "succeeded" : "running",
        createdDateTime = at,
        launchDateTime = at.AddHours(20),
        completionDateTime = at.AddDays(7),
        report = new
        {
            overview = new
            {
                resolvedTargetsCount = model.Directory.InitialUsers,
                simulationEventsContent = new { compromisedRate = 7.5, events = new[] { new { count = model.Directory.InitialUsers * 3 / 40, eventName = "CredSupplied" } } },
                trainingEventsContent = new { trainingsAssignedUserCount = model.Directory.InitialUsers * 3 / 40, assignedTrainingsInfos = Array.Empty<object>() },
            },
        },
    };

    private static IEnumerable<object> Trainings(TenantModel model) => new[] { ("フィッシングの見分け方", "Spot the phish"), ("パスワードの扱い", "Handling passwords") }.Select((training, i) => (object)new
    {
        id = SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.Simulation + 1000, (ulong)i)),
        displayName = model.Directory.IsJapanese ? training.Item1 : training.Item2,
        type = "phishing",
        source = "global",
        availabilityStatus = "available",
        durationInMinutes = 7 + i,
        hasEvaluation = true,
    });

    private static object BackupPolicy(TenantModel model, string service) => new
    {
        id = SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.Policy + 5000, (ulong)service.Length)),
        displayName = model.Directory.IsJapanese ? "標準バックアップ" : "Standard backup",
        status = service == "exchange" ? "activeWithErrors" : "active",
        createdDateTime = model.Directory.Start.AddDays(-150).AddHours(10),
        lastModifiedDateTime = model.Directory.Start.AddDays(-20).AddHours(10),
        retentionSettings = new[] { new { interval = "R/PT10M", period = "P2W" }, new { interval = "R/P1W", period = "P1Y" } },
    };
}
