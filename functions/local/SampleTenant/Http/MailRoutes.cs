using System.Text.Json;
using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>Mail out: accepted, and kept for whoever wants to look.</summary>
internal static class MailRoutes
{
    public static void Map(RouteTable routes, TenantModel model, RequestLedger ledger) =>
        routes.Post("users/{}/sendMail", (request, id) =>
        {
            var sender = model.Directory.Find(id[0]);
            if (sender is null || !sender.ExistsAt(request.Now))
            {
                throw new GraphException(404, "ErrorInvalidUser", $"The requested user '{id[0]}' is invalid.");
            }

            ledger.Add(new SentMail(sender.UserPrincipalName, request.Now, request.RequestId.ToString(), Message(request)));
            return new GraphAnswer.Accepted();
        });

    private static JsonElement Message(GraphRequest request)
    {
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            if (body.RootElement.TryGetProperty("message", out var message)
                && message.TryGetProperty("toRecipients", out var recipients)
                && recipients.ValueKind == JsonValueKind.Array
                && recipients.GetArrayLength() > 0)
            {
                return message.Clone();
            }
        }
        catch (JsonException)
        {
            throw GraphException.BadRequest("Unable to read JSON request payload.");
        }

        throw new GraphException(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.");
    }
}
