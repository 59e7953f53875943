using SampleTenant.Directory;
using SampleTenant.Logs;
using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>Access reviews: guests each quarter, with the decisions of their instances.</summary>
internal static class AccessReviewRoutes
{
    private const string Root = "identityGovernance/accessReviews/definitions";

    public static void Map(RouteTable routes, TenantModel model)
    {
        var definition = SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.Review, 0)).ToString();
        routes.Get(Root, (_, _) => PolicyRoutes.Rows("accessReviewScheduleDefinition", Root, [Definition(model, definition)]));
        routes.Get($"{Root}/{{}}/instances", (request, id) =>
        {
            var instances = SecurityRoutes.Past(model, request.AsOf, 91).Select(at => Instance(model, at, request.AsOf));
            return id[0] == definition
                ? PolicyRoutes.Rows("accessReviewInstance", $"{Root}('{definition}')/instances", instances)
                : throw GraphException.NoSuchObject(id[0]);
        });
        routes.Get($"{Root}/{{}}/instances/{{}}/decisions", (request, id) =>
        {
            var starts = SecurityRoutes.Past(model, request.AsOf, 91).Where(at => InstanceId(model, at) == id[1]).ToList();
            return id[0] == definition && starts is [var start]
                ? PolicyRoutes.Rows("accessReviewInstanceDecisionItem", $"{Root}('{definition}')/instances('{id[1]}')/decisions", Decisions(model, start))
                : throw GraphException.NoSuchObject(id[1]);
        });
    }

    private static string InstanceId(TenantModel model, DateTimeOffset at) =>
        SignInIds.FromBits(Noise.Bits(model.Directory.Seed, Topic.Review, (ulong)at.UtcTicks)).ToString();

    private static object Definition(TenantModel model, string id) => new
    {
        id,
        displayName = model.Directory.IsJapanese ? "ゲストの棚卸し" : "Guest review",
        createdDateTime = model.Directory.Start.AddDays(-182).AddHours(10),
        lastModifiedDateTime = model.Directory.Start.AddDays(-182).AddHours(10),
        status = "InProgress",
        descriptionForAdmins = (string?)null,
        scope = new { query = "./members/microsoft.graph.user/?$count=true&$filter=(userType eq 'Guest')", queryType = "MicrosoftGraph" },
        settings = new { mailNotificationsEnabled = true, autoApplyDecisionsEnabled = false, defaultDecision = "None", instanceDurationInDays = 14 },
    };

    private static object Instance(TenantModel model, DateTimeOffset at, DateTimeOffset now) => new
    {
        id = InstanceId(model, at),
        startDateTime = at,
        endDateTime = at.AddDays(14),
        status = at.AddDays(14) <= now ? "Completed" : "InProgress",
    };

    private static IEnumerable<object> Decisions(TenantModel model, DateTimeOffset at) =>
        model.Directory.UsersAt(at).Where(user => user.Kind == UserKind.Guest).Take(200).Select(guest =>
        {
            var bits = Noise.Bits(model.Directory.Seed, Topic.Review + 1000, (ulong)guest.Index ^ (ulong)at.UtcTicks);
            var isReviewed = bits % 5 != 0;
            return (object)new
            {
                id = SignInIds.FromBits(bits),
                accessReviewId = InstanceId(model, at),
                reviewedDateTime = isReviewed ? at.AddDays(3) : (DateTimeOffset?)null,
                decision = !isReviewed ? "NotReviewed" : bits % 7 == 0 ? "Deny" : "Approve",
                justification = (string?)null,
                appliedDateTime = (DateTimeOffset?)null,
                applyResult = "New",
                recommendation = bits % 4 == 0 ? "Deny" : "Approve",
                principal = new { odataType = "#microsoft.graph.userIdentity", id = guest.Id, displayName = guest.DisplayName, userPrincipalName = guest.UserPrincipalName },
            };
        });
}
