using System.Text.Json;
using System.Text.RegularExpressions;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary><c>scripts/deploy.sh</c> against an Azure CLI that writes down every call.</summary>
public sealed class DeployScriptTests : IDisposable
{
    private static readonly string[] Whole =
        ["--resource-group", "rg-isms", "--yes", "--alert-mail", "it@example.com", "--budget", "50", "--mail-from", "isms@example.com", "--teams-webhook", "Default=https://hook.example/secret", "--assign", "Admin=admin@example.com"];

    private readonly FakeSubscription subscription = new();

    public void Dispose() => subscription.Dispose();

    [Fact]
    public void First_run_makes_these_calls_in_this_order()
    {
        var (exit, said) = subscription.Run("deploy.sh", Whole);

        Assert.True(exit == 0, said);
        Assert.Equal(Approved("deploy-first.txt"), subscription.CallsWhateverIsGranted);
        Assert.Contains("https://isms-abc123.example", said, StringComparison.Ordinal);
        Assert.Contains("New-ManagementRoleAssignment -App principal-1 -Role \"Application Mail.Send\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_run_looks_at_everything_and_makes_nothing_twice()
    {
        subscription.Run("deploy.sh", Whole);
        var (exit, said) = subscription.Run("deploy.sh", Whole);

        Assert.True(exit == 0, said);
        Assert.Equal(Approved("deploy-second.txt"), subscription.CallsWhateverIsGranted);
        Assert.DoesNotContain(subscription.Calls, c => c.Contains(" create ", StringComparison.Ordinal) && !c.StartsWith("deployment group create", StringComparison.Ordinal));
        Assert.DoesNotContain(subscription.Calls, c => c.StartsWith("rest --method POST", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_stand_on_no_command_line()
    {
        subscription.Run("deploy.sh", Whole);

        Assert.DoesNotContain(subscription.Calls, c => c.Contains("hook.example", StringComparison.Ordinal));
        Assert.Contains("ISMS_TEAMS_WEBHOOKS={\"Default\":\"https://hook.example/secret\"}", subscription.Lines("environment"));
        Assert.Contains("ISMS_TEAMS_WEBHOOK_NAMES=[\"Default\"]", subscription.Lines("environment"));
    }

    [Fact]
    public void Webhooks_of_earlier_deployments_are_kept_without_being_known()
    {
        subscription.Run("deploy.sh", Whole);
        subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish", "--teams-webhook", "TopManagement=https://hook.example/2");

        Assert.Contains("ISMS_TEAMS_WEBHOOK_NAMES=[\"Default\",\"TopManagement\"]", subscription.Lines("environment"));
        Assert.Contains("ISMS_TEAMS_WEBHOOKS={\"TopManagement\":\"https://hook.example/2\"}", subscription.Lines("environment"));
        Assert.Contains("ISMS_NOTIFICATION_TRANSPORT=Graph", subscription.Lines("environment"));
    }

    [Fact]
    public void Locked_evidence_policy_is_left_alone_and_a_budget_keeps_its_start()
    {
        subscription.With("deployed").With("policy", "Locked\n").With("budget", "2026-04-01T00:00:00Z\n");

        subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish", "--budget", "50");

        Assert.Contains("ISMS_SET_EVIDENCE_POLICY=false", subscription.Lines("environment"));
        Assert.Contains("ISMS_BUDGET_START=2026-04-01T00:00:00Z", subscription.Lines("environment"));
    }

    [Fact]
    public void Every_environment_variable_of_the_parameter_files_is_given()
    {
        subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish");
        var given = subscription.Lines("environment").Select(l => l.Split('=')[0]).ToHashSet();

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.bicepparam"))
        {
            var asked = Regex.Matches(File.ReadAllText(file), "readEnvironmentVariable\\('([A-Z_]+)'").Select(m => m.Groups[1].Value);
            Assert.Subset(given, asked.ToHashSet());
        }
    }

    [Fact]
    public void Identity_and_not_a_secret_vouches_for_the_application()
    {
        subscription.Run("deploy.sh", Whole);

        using var credential = JsonDocument.Parse(string.Join('\n', subscription.Lines("federated.json")));
        Assert.Equal("principal-1", credential.RootElement.GetProperty("subject").GetString());
        Assert.Equal("https://login.example/00000000-0000-0000-0000-00000000000a/v2.0", credential.RootElement.GetProperty("issuer").GetString());
        Assert.Equal("api://AzureADTokenExchange", credential.RootElement.GetProperty("audiences")[0].GetString());
        Assert.DoesNotContain(subscription.Calls, c => c.Contains("credential reset", StringComparison.Ordinal));
    }

    [Fact]
    public void Package_holds_the_folders_that_begin_with_a_dot()
    {
        subscription.Run("deploy.sh", Whole);

        Assert.Contains("./.azurefunctions/extension", subscription.Lines("app.zip"));
    }

    [Fact]
    public void Preview_says_what_would_be_granted_and_why_and_calls_nothing()
    {
        var (exit, said) = subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--read-only-preview", "--collectors", "sign-ins", "--roster", "settings");

        Assert.Equal(0, exit);
        Assert.Empty(subscription.Calls);
        Assert.Contains("AuditLog.Read.All", said, StringComparison.Ordinal);
        Assert.Contains("サインインログを取得するため", said, StringComparison.Ordinal);
        Assert.Contains("openid, profile, email", said, StringComparison.Ordinal);
        Assert.DoesNotContain("User.Read.All", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Collectors_that_are_left_out_get_no_permission()
    {
        subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish", "--collectors", "sign-ins", "--roster", "settings");

        Assert.Equal(["role-AuditLog.Read.All", "role-Directory.Read.All"], subscription.Lines("granted").Select(l => l.Split('\t')[0]));
    }

    [Fact]
    public void Permission_that_nothing_needs_any_more_is_named_and_revoked_on_request()
    {
        subscription.With("granted", "role-Old.Read.All\tassignment-of-role-Old.Read.All\n");

        var (_, said) = subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish");
        Assert.Contains("Old.Read.All, which nothing needs any more", said, StringComparison.Ordinal);
        Assert.Contains(subscription.Lines("granted"), l => l.StartsWith("role-Old", StringComparison.Ordinal));

        subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish", "--revoke-unneeded");
        Assert.DoesNotContain(subscription.Lines("granted"), l => l.StartsWith("role-Old", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--resource-group is missing")]
    [InlineData("Unknown option '--colour'", "--resource-group", "g", "--colour")]
    [InlineData("--name must be", "--resource-group", "g", "--name", "ISMS prod")]
    [InlineData("There is no parameter file", "--resource-group", "g", "--size", "huge")]
    [InlineData("--budget must be", "--resource-group", "g", "--budget", "5.5")]
    [InlineData("is no mail address", "--resource-group", "g", "--alert-mail", "it\",\"x")]
    [InlineData("--teams-webhook must be", "--resource-group", "g", "--teams-webhook", "Default=http://plain.example")]
    [InlineData("--assign must be", "--resource-group", "g", "--assign", "King=a@example.com")]
    [InlineData("There is no collector 'weather'", "--resource-group", "g", "--collectors", "sign-ins,weather")]
    [InlineData("--roster must be", "--resource-group", "g", "--roster", "both")]
    [InlineData("--site must be", "--resource-group", "g", "--site", "http://isms.example")]
    public void Wrong_option_is_refused_before_anything_is_called(string message, params string[] arguments)
    {
        var (exit, said) = subscription.Run("deploy.sh", arguments);

        Assert.Equal(1, exit);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Empty(subscription.Calls);
    }

    [Fact]
    public void Nobody_signed_in_is_told_so()
    {
        var (exit, said) = subscription.With("signed-out").Run("deploy.sh", "--resource-group", "rg-isms", "--yes");

        Assert.Equal(1, exit);
        Assert.Contains("az login", said, StringComparison.Ordinal);
        Assert.Equal(["account show --query id -o tsv"], subscription.Calls);
    }

    [Fact]
    public void Without_a_yes_nothing_is_changed()
    {
        var (exit, said) = subscription.Run("deploy.sh", "--resource-group", "rg-isms");

        Assert.Equal(1, exit);
        Assert.Contains("Nothing was changed.", said, StringComparison.Ordinal);
        Assert.All(subscription.Calls, c => Assert.Matches("^(account show|version) ", c));
    }

    [Fact]
    public void Azure_CLI_that_is_too_old_is_refused_before_anything_is_changed()
    {
        var (exit, said) = subscription.With("old-cli").Run("deploy.sh", Whole);

        Assert.Equal(1, exit);
        Assert.Contains("az upgrade", said, StringComparison.Ordinal);
        Assert.All(subscription.Calls, c => Assert.Matches("^(account show|version) ", c));
    }

    [Fact]
    public void Network_of_the_medium_size_gets_its_provider_registered_once()
    {
        string[] medium = ["--resource-group", "rg-isms", "--yes", "--skip-publish", "--size", "medium"];

        subscription.Run("deploy.sh", medium);
        Assert.Contains("provider register -n Microsoft.App --wait", subscription.Calls);

        subscription.Run("deploy.sh", medium);
        Assert.DoesNotContain("provider register -n Microsoft.App --wait", subscription.Calls);
    }

    [Fact]
    public void Installation_of_another_name_reads_and_writes_its_own_deployment()
    {
        subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish", "--name", "second");
        var deploying = subscription.Calls.Where(c => c.StartsWith("deployment group ", StringComparison.Ordinal)).ToList();
        var (exit, said) = subscription.Run("remove.sh", "--resource-group", "rg-isms", "--yes", "--name", "second");

        Assert.True(exit == 0, said);
        Assert.All(
            deploying.Concat(subscription.Calls.Where(c => c.StartsWith("deployment group ", StringComparison.Ordinal))),
            c => Assert.Contains(" -n second ", c, StringComparison.Ordinal));
        Assert.All(subscription.Calls.Where(c => c.StartsWith("resource list", StringComparison.Ordinal)), c => Assert.Contains("== 'second'", c, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_that_end_as_on_Windows_are_understood()
    {
        var (exit, said) = subscription.With("crlf").Run("deploy.sh", Whole);

        Assert.True(exit == 0, said);
        Assert.Equal(Approved("deploy-first.txt"), subscription.CallsWhateverIsGranted);
    }

    [Theory]
    [InlineData("group create")]
    [InlineData("ad app create")]
    [InlineData("rest --method POST --url https://graph.microsoft.com/v1.0/oauth2PermissionGrants")]
    [InlineData("deployment group what-if")]
    [InlineData("deployment group create")]
    [InlineData("functionapp deployment source")]
    public void Refused_call_ends_the_run_there(string refused)
    {
        var (exit, _) = subscription.With("fail", refused).Run("deploy.sh", Whole);

        Assert.NotEqual(0, exit);
        Assert.StartsWith(refused, subscription.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Permission_that_may_not_be_granted_says_which_role_it_takes_and_the_next_run_goes_on()
    {
        var (exit, said) = subscription.With("fail", "rest --method POST --url https://graph.microsoft.com/v1.0/servicePrincipals/principal-1/").Run("deploy.sh", Whole);
        Assert.Equal(1, exit);
        Assert.Contains("Privileged Role Administrator", said, StringComparison.Ordinal);

        (exit, said) = subscription.Without("fail").Run("deploy.sh", Whole);
        Assert.True(exit == 0, said);
        Assert.Contains("curl https://isms-abc123.example/api/health", subscription.Calls);
    }

    [Fact]
    public void Several_applications_of_the_name_are_not_guessed_between()
    {
        var (exit, said) = subscription.With("app", "app-1\napp-2\n").Run("deploy.sh", Whole);

        Assert.Equal(1, exit);
        Assert.Contains("Several Entra applications", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build-fails", "could not be built")]
    [InlineData("unhealthy", "does not say it is healthy")]
    [InlineData("open", "instead of 401")]
    public void App_that_is_not_as_it_should_be_fails_the_run(string state, string message)
    {
        var (exit, said) = subscription.With(state).Run("deploy.sh", Whole);

        Assert.Equal(1, exit);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Person_who_is_not_in_the_directory_gets_no_role()
    {
        var (exit, said) = subscription.Run("deploy.sh", "--resource-group", "rg-isms", "--yes", "--skip-publish", "--assign", "Admin=nobody@example.com");

        Assert.Equal(1, exit);
        Assert.Contains("There is no user 'nobody@example.com'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void App_roles_are_those_of_the_app()
    {
        using var roles = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "app-roles.json")));

        Assert.Equal(AppRoles.Everyone.Order(), roles.RootElement.EnumerateArray().Select(r => r.GetProperty("value").GetString()!).Order());
        Assert.Equal(roles.RootElement.GetArrayLength(), roles.RootElement.EnumerateArray().Select(r => r.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.All(roles.RootElement.EnumerateArray(), r => Assert.Equal("User", r.GetProperty("allowedMemberTypes")[0].GetString()));
    }

    [Fact]
    public void Permissions_are_given_for_every_collector_and_for_nothing_else()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "infra", "graph-permissions.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t')).ToList();

        Assert.Equal(CollectorCatalogue.All.Select(c => c.Name).Append("roster").Order(StringComparer.Ordinal), rows.Select(r => r[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.True(r.Length == 4 && r[2].Length > 5 && r[3].Length > 5, r[1]));
        Assert.All(rows, r => Assert.Matches("^[A-Z][A-Za-z-]+\\.Read\\.(All|Directory)$", r[1]));
        Assert.Equal(rows.Count, rows.Select(r => (r[0], r[1])).Distinct().Count());
    }

    [Fact]
    public void Permissions_of_a_collector_are_those_that_its_questions_take()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "infra", "graph-permissions.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t')).ToLookup(r => r[0], r => r[1]);

        Assert.All(CollectorCatalogue.All, c => Assert.Equal(
            CollectorReadiness.KindsOf(c).SelectMany(k => k.Permissions).Distinct().Order(StringComparer.Ordinal), rows[c.Name].Order(StringComparer.Ordinal)));
    }

    private static string[] Approved(string name) => File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Infra.Tests", "Scripts", name));
}
