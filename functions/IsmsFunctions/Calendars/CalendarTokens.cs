using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Calendars;

/// <summary>
/// The secrets in the addresses that calendar programs subscribe to, since those cannot sign in: one for each person, unguessable, replaced by issuing another
/// and gone by revoking it. Only a digest is stored, so that nobody who reads the table can use it.
/// </summary>
public sealed class CalendarTokens(StateStore states, TimeProvider clock)
{
    private const string Kind = "calendar-token";
    private const int SecretBytes = 32;

    /// <summary>Gives a person a new secret; the one before it ends.</summary>
    public async Task<string> IssueAsync(string person, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var value = new CalendarToken(Digest(token), clock.GetUtcNow());
        while (true)
        {
            var stored = await states.FindAsync<CalendarToken>(Kind, person, cancellationToken);
            var kept = stored is null
                ? await states.TryCreateAsync(Kind, person, value, cancellationToken: cancellationToken)
                : await states.TryReplaceAsync(stored, value, cancellationToken: cancellationToken);
            if (kept is not null)
            {
                return token;
            }
        }
    }

    /// <summary>Ends a person's secret.</summary>
    public async Task RevokeAsync(string person, CancellationToken cancellationToken)
    {
        if (await states.FindAsync<CalendarToken>(Kind, person, cancellationToken) is not null)
        {
            await states.UpdateAsync<CalendarToken>(
                Kind, person, t => t.Digest is null ? t : new CalendarToken(null, clock.GetUtcNow()), cancellationToken: cancellationToken);
        }
    }

    /// <summary>Whose secret it is; null for nobody's.</summary>
    public async Task<string?> OwnerOfAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var digest = Encoding.ASCII.GetBytes(Digest(token));
        string? owner = null;
        await foreach (var stored in states.ListAsync<CalendarToken>(Kind, cancellationToken: cancellationToken))
        {
            if (stored.Value.Digest is { } known && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(known), digest))
            {
                owner = stored.Id;
            }
        }

        return owner;
    }

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record CalendarToken(string? Digest, DateTimeOffset At);
}
