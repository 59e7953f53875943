using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Tests.Bicep;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Testing;
using Microsoft.Azure.Functions.Worker;

namespace Infra.Tests;

/// <summary>The settings that a deployment makes, and those that the app reads.</summary>
public sealed class SettingsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "infra");
    private static readonly Assembly App = typeof(IsmsOptions).Assembly;

    /// <summary>Settings of the platform that are none of the app's own.</summary>
    private static readonly string[] OfThePlatform =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "AzureWebJobsDisableHomepage",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "DOTNET_GCgen0size",
    ];

    [Fact]
    public void Every_setting_that_a_deployment_makes_is_one_the_app_reads()
    {
        var unknown = Deployed().Where(s => !s.StartsWith("Schedules__", StringComparison.Ordinal)).Except(OfThePlatform).Except(Options());

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_option_is_set_by_a_deployment_or_explained_in_both_guides()
    {
        var left = Options().Except(Deployed()).ToList();

        Assert.NotEmpty(left);
        Assert.All(from language in new[] { "ja", "en" } from option in left select (language, option), o => Assert.Contains($"`{o.option}`", Guide(o.language), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Every_setting_that_a_guide_names_is_one_the_app_reads(string language)
    {
        var named = Regex.Matches(Guide(language), @"(?<![A-Za-z_])([A-Z][A-Za-z]+__[A-Z][A-Za-z]+)").Select(m => m.Groups[1].Value).ToHashSet();
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")));

        Assert.Contains("Schedules__ForgottenWorkflows", named);
        Assert.Subset(Options().Concat(sample.RootElement.GetProperty("Values").EnumerateObject().Select(p => p.Name)).ToHashSet(), named);
    }

    [Fact]
    public void Nothing_is_set_that_Flex_Consumption_keeps_elsewhere()
    {
        // https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
        string[] elsewhere =
        [
            "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_PROCESS_COUNT", "FUNCTIONS_MAX_HTTP_CONCURRENCY", "WEBSITE_RUN_FROM_PACKAGE",
            "WEBSITE_CONTENTSHARE", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTOVERVNET", "WEBSITE_VNET_ROUTE_ALL", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT", "SCM_DO_BUILD_DURING_DEPLOYMENT",
            "ENABLE_ORYX_BUILD", "linuxFxVersion", "netFrameworkVersion", "alwaysOn", "ftpsState", "functionAppScaleLimit", "preWarmedInstanceCount", "use32BitWorkerProcess", "vnetRouteAllEnabled", "healthCheckPath",
        ];
        var named = Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories)
            .SelectMany(f => Template.Load(Folder, Path.GetRelativePath(Folder, f)).Nodes).OfType<ObjectNode>().SelectMany(o => o.Names).ToHashSet();

        Assert.Contains("functionAppConfig", named);
        Assert.Empty(named.Intersect(elsewhere));
    }

    [Fact]
    public void Every_schedule_has_a_value_that_a_deployment_takes_over()
    {
        var used = App.GetTypes().SelectMany(t => t.GetMethods()).SelectMany(m => m.GetParameters()).Select(p => p.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule)
            .OfType<string>().Where(s => s.StartsWith('%')).Select(s => s.Trim('%').Replace(":", "__", StringComparison.Ordinal))
            .Concat(CollectorCatalogue.All.Select(c => c.ScheduleSetting.Replace(":", "__", StringComparison.Ordinal))).Distinct().Order();
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")));
        var given = sample.RootElement.GetProperty("Values").EnumerateObject().Select(p => p.Name).Where(n => n.StartsWith("Schedules__", StringComparison.Ordinal)).Order();

        Assert.Equal(used, given);
    }

    [Fact]
    public void Every_setting_of_the_sample_is_one_the_app_reads()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")));

        var unknown = sample.RootElement.GetProperty("Values").EnumerateObject().Select(p => p.Name)
            .Where(n => n.Contains("__", StringComparison.Ordinal) && !n.StartsWith("Schedules__", StringComparison.Ordinal)).Except(Options());

        Assert.Empty(unknown);
    }

    [Fact]
    public void The_app_reaches_each_service_with_the_identity_that_has_the_rights()
    {
        var settings = Deployed();

        Assert.All(["AzureWebJobsStorage__clientId", "Graph__ClientId", "Sealing__ClientId"], s => Assert.Contains(s, settings));
        Assert.All(["Isms__StorageAccount", "Isms__Identity", "Sealing__KeyVaultKey", "Notifications__Site"], s => Assert.Contains(s, settings));
    }

    /// <summary>The names under which settings are written out in the templates.</summary>
    private static HashSet<string> Deployed() =>
        Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories)
            .SelectMany(f => Template.Load(Folder, Path.GetRelativePath(Folder, f)).Nodes).OfType<ObjectNode>()
            .SelectMany(o => o.Names).Where(n => n.Contains("__", StringComparison.Ordinal) || n.StartsWith("APPLICATIONINSIGHTS", StringComparison.Ordinal) || n.StartsWith("AzureWebJobs", StringComparison.Ordinal))
            .ToHashSet();

    /// <summary>Every setting that the app's options are bound to: <c>Section__Property</c>.</summary>
    private static HashSet<string> Options() =>
        (from type in App.GetTypes()
         let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
         where section is not null && type.Name.EndsWith("Options", StringComparison.Ordinal)
         from property in type.GetProperties()
         where property.CanWrite || typeof(IDictionary).IsAssignableFrom(property.PropertyType)
         select $"{section}__{property.Name}").ToHashSet();

    private static string Guide(string language) => File.ReadAllText(Path.Combine(Repository.Root, "docs", $"operations.{language}.md"));
}
