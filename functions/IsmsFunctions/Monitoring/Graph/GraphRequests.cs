using System.Net;
using System.Text.Json;
using Isms.Monitoring;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>Sends requests within the budgets and repeats what a later attempt can answer.</summary>
public sealed class GraphRequests(GraphHttp http, Pacing pacing, IOptions<GraphOptions> options, TimeProvider clock)
{
    private const int MostServerErrors = 6;
    private const int MostRefusedTokens = 2;

    /// <summary>Fresh patience for a piece of work.</summary>
    public Patience NewPatience() => new(options.Value.Patience, clock);

    /// <summary>Sends until there is a successful answer, whose body the caller reads and disposes.</summary>
    /// <exception cref="GraphException">There is none to be had now.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, PacingScope scope, Patience patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(patience);
        for (var failures = 1; ; failures++)
        {
            await pacing.WaitAsync(scope, cancellationToken);
            var (answer, failure) = await TryAsync(make, cancellationToken);
            if (failure is not var (problem, isTransient))
            {
                return answer!;
            }

            var giveUp = !isTransient || failures >= (problem.Reason switch
            {
                GapReasons.ServiceError => MostServerErrors,
                GapReasons.PermissionPending => MostRefusedTokens,
                _ => int.MaxValue,
            });
            if (giveUp || !await patience.TryWaitAsync(problem.RetryAfter, failures, cancellationToken))
            {
                throw problem;
            }
        }
    }

    /// <summary>The request of a page, with the headers that every page needs.</summary>
    public static HttpRequestMessage Get(Uri address, bool beta)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        Mark(request);
        if (beta)
        {
            // Without it the kinds of sign-in added after v1.0 read "unknownFutureValue".
            request.Headers.TryAddWithoutValidation("Prefer", "include-unknown-enum-members");
        }

        return request;
    }

    /// <summary>Bulk reading stands back behind the tenant's interactive use.</summary>
    public static void Mark(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.TryAddWithoutValidation("x-ms-throttle-priority", "Low");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
    }

    /// <summary>What to make of an answer that is no success.</summary>
    internal static (GraphException Failure, bool IsTransient) Judge(HttpStatusCode status, string? code, string? message, TimeSpan? retryAfter)
    {
        var detail = $"{(int)status} {code}".TrimEnd();
        return (status, code) switch
        {
            (HttpStatusCode.TooManyRequests, _) => (new GraphException(GapReasons.ThrottledOut, detail) { RetryAfter = retryAfter }, true),
            ( >= HttpStatusCode.InternalServerError, _) when status != HttpStatusCode.NotImplemented =>
                (new GraphException(GapReasons.ServiceError, detail) { RetryAfter = retryAfter, IsTooMuch = true }, true),
            (HttpStatusCode.RequestTimeout, _) => (new GraphException(GapReasons.ServiceError, detail) { IsTooMuch = true }, true),
            (_, "Authentication_RequestFromNonPremiumTenantOrB2CTenant" or "AadPremiumLicenseRequired") => (new GraphException(GapReasons.NotLicensed, detail), false),
            (HttpStatusCode.Unauthorized, _) => (new GraphException(GapReasons.PermissionPending, detail), true), // A token that ended on the way is renewed.
            (HttpStatusCode.Forbidden, _) =>
                (new GraphException(IsAboutLicence(message) ? GapReasons.NotLicensed : GapReasons.PermissionPending, detail), false),
            (HttpStatusCode.NotFound or HttpStatusCode.NotImplemented, _) => (new GraphException(GapReasons.NotOffered, detail) { IsBadRequest = true }, false),
            (HttpStatusCode.BadRequest or HttpStatusCode.Gone, _) =>
                (new GraphException(IsAboutLicence(message) ? GapReasons.NotLicensed : GapReasons.ServiceError, detail) { IsBadRequest = true }, false),
            _ => (new GraphException(GapReasons.ServiceError, detail), false),
        };
    }

    /// <summary>Error codes for missing licences vary by service; the messages agree on the word.</summary>
    private static bool IsAboutLicence(string? message) =>
        message?.Contains("license", StringComparison.OrdinalIgnoreCase) == true || message?.Contains("licence", StringComparison.OrdinalIgnoreCase) == true;

    private async Task<(HttpResponseMessage? Response, (GraphException, bool)? Failure)> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.AttemptTimeout); // The network lives on the real clock, whatever the app's is.
        try
        {
            using var request = make();
            var response = await http.SendAsync(request, limit.Token);
            if (response.IsSuccessStatusCode)
            {
                return (response, null);
            }

            using (response)
            {
                var (code, message) = await ReadErrorAsync(response, limit.Token);
                return (null, Judge(response.StatusCode, code, message, RetryAfterOf(response)));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, (new GraphException(GapReasons.ServiceError, e.GetType().Name) { IsTooMuch = true }, true));
        }
        catch (Azure.Identity.AuthenticationFailedException e)
        {
            // No token, no reading: as with a permission, somebody has to set the identity up.
            return (null, (new GraphException(GapReasons.PermissionPending, e.GetType().Name), false));
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - (response.Headers.Date ?? clock.GetUtcNow()) : null);
        return wait > TimeSpan.Zero ? wait : wait is null ? null : TimeSpan.FromSeconds(1);
    }

    private static async Task<(string? Code, string? Message)> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return ErrorIn(document.RootElement);
        }
        catch (JsonException)
        {
            return (null, null); // A gateway's page, not Graph's.
        }
    }

    /// <summary>The code and message of an error body.</summary>
    internal static (string? Code, string? Message) ErrorIn(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? (Text(error, "code"), Text(error, "message"))
            : (null, null);

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
