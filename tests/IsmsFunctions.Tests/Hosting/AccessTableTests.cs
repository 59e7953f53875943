using System.Reflection;
using IsmsFunctions.Hosting.Identity;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Tests.Hosting;

public sealed class AccessTableTests
{
    private static readonly List<(string Name, HttpTriggerAttribute Trigger)> HttpFunctions =
    [
        .. from type in typeof(AccessTable).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           select (function.Name, trigger),
    ];

    [Fact]
    public void Every_HTTP_function_has_its_line_in_the_access_table_and_every_line_its_function()
    {
        Assert.Equal(HttpFunctions.Select(f => f.Name).Order(StringComparer.Ordinal), AccessTable.Roles.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_health_the_schemas_the_description_of_the_API_the_portals_files_and_the_packs_and_calendars_whose_addresses_are_secret_ask_for_no_identity()
    {
        Assert.Equal(
            ["GetHealth", "GetSettingsSchema", "GetOpenApi", "GetPortal", "GetPortalAsset", "GetSignIn", "FollowPackLink", "GetCalendar"],
            AccessTable.Roles.Where(r => ReferenceEquals(r.Value, AccessTable.Anyone)).Select(r => r.Key));
    }

    [Fact]
    public void Every_route_but_the_portals_says_itself_that_it_is_of_the_API()
    {
        var other = HttpFunctions.Where(f => f.Trigger.Route?.StartsWith("api/", StringComparison.Ordinal) != true).Select(f => f.Name);
        Assert.Equal(["GetPortal", "GetPortalAsset"], other.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_line_is_empty_or_names_a_role_that_does_not_exist()
    {
        Assert.All(AccessTable.Roles.Where(r => !ReferenceEquals(r.Value, AccessTable.Anyone)), line =>
        {
            Assert.NotEmpty(line.Value);
            Assert.All(line.Value, role => Assert.Contains(role, AppRoles.Everyone));
        });
    }

    [Fact]
    public void External_auditors_may_read_but_give_no_command()
    {
        var commands = HttpFunctions.Where(f => f.Trigger.Methods!.Any(m => !m.Equals("get", StringComparison.OrdinalIgnoreCase))).Select(f => f.Name);
        Assert.All(commands, name => Assert.DoesNotContain(AppRoles.ExternalAuditor, AccessTable.Roles[name]));
    }
}
