using System.Globalization;
using System.Text.Json;
using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>Errors in Graph's format.</summary>
internal static class GraphErrors
{
    public static GraphResponse Write(GraphException error, DateTimeOffset now, Guid requestId, string? clientRequestId)
    {
        var response = new GraphResponse(error.Status) { ContentType = "application/json" };
        if (error.RetryAfter is { } wait)
        {
            response.Headers["Retry-After"] = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (error.Status == 401)
        {
            response.Headers["WWW-Authenticate"] = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"";
        }

        var body = PooledBuffer.Rent();
        using (var writer = new Utf8JsonWriter(body.Writer, RowJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error"u8);
            writer.WriteString("code"u8, error.Code);
            writer.WriteString("message"u8, error.Message);
            writer.WriteStartObject("innerError"u8);
            writer.WriteString("date"u8, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            writer.WriteString("request-id"u8, requestId);
            writer.WriteString("client-request-id"u8, clientRequestId ?? requestId.ToString());
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        response.Add(body);
        return response;
    }

    /// <summary>The error that a fault stands for, if it is one that shows in the status.</summary>
    public static GraphException? Of(FaultRule fault) => fault.Kind switch
    {
        FaultKind.TooManyRequests => TooManyRequests(TimeSpan.FromSeconds(fault.RetryAfterSeconds ?? 10)),
        FaultKind.TooManyRequestsWithoutRetryAfter => TooManyRequests(null),
        FaultKind.ServiceUnavailable => new GraphException(503, "serviceNotAvailable", "The service is temporarily unavailable. Please try again later.")
        {
            RetryAfter = fault.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        },
        FaultKind.GatewayTimeout => new GraphException(504, "UnknownError", "The gateway did not receive a response in time."),
        FaultKind.ExpiredSkipToken => new GraphException(400, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request."),
        FaultKind.MissingPermission => new GraphException(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
        FaultKind.MissingLicence => new GraphException(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C or tenant doesn't have premium license"),
        FaultKind.PremiumLicenceRequired => new GraphException(400, "AadPremiumLicenseRequired", "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license."),
        _ => null,
    };

    public static GraphException TooManyRequests(TimeSpan? retryAfter) =>
        new(429, "TooManyRequests", "Too many requests. Please wait and try again.") { RetryAfter = retryAfter };
}
