using System.Text.Json;
using Isms.Rules;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Http;

/// <summary>Reads what a request carries; whatever is malformed is refused with the field and the remedy.</summary>
public static class Requests
{
    private const long BodyLimit = 1_048_576;
    private const int IdempotencyKeyLimit = 128;

    /// <summary>The JSON body, strictly: unknown members are refused.</summary>
    /// <exception cref="RefusedException">The body is empty, malformed, of a wrong shape, or larger than 1 MiB.</exception>
    public static async Task<T> ReadBodyAsync<T>(this HttpRequest request, CancellationToken cancellationToken)
        where T : class =>
        await request.ReadOptionalBodyAsync<T>(cancellationToken) ?? throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "body-missing"));

    /// <summary>Like <see cref="ReadBodyAsync"/>, but null when there is no body.</summary>
    public static async Task<T?> ReadOptionalBodyAsync<T>(this HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        var bytes = await ReadLimitedAsync(request, cancellationToken);
        if (bytes.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Json.Strict);
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $"{line + 1}:{e.BytePositionInLine + 1}" : "-";
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "body-malformed", e.Path ?? "$", null, e.Path ?? "$", place));
        }
    }

    /// <summary>Who calls, with the idempotency key and the version they saw.</summary>
    /// <exception cref="RefusedException">The key is longer than 128 characters or not printable ASCII.</exception>
    public static CommandContext Command(this HttpRequest request, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(clock);
        var key = request.Headers["Idempotency-Key"].FirstOrDefault();
        if (key is not null && (key.Length is 0 or > IdempotencyKeyLimit || key.Any(c => c is < ' ' or > '~')))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "idempotency-key-malformed", "Idempotency-Key"));
        }

        var actor = Actor.Of(request);
        var scoped = key is null ? null : $"{actor.PersonId} {request.Path} {key}";
        return new CommandContext(actor, scoped, request.Headers.IfMatch.FirstOrDefault(), clock.GetUtcNow());
    }

    private static async Task<byte[]> ReadLimitedAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > BodyLimit)
            {
                throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "body-too-large", null, null, BodyLimit));
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
