using System.Text.Json;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.State;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Organizations;

/// <summary>Keeps the organisation's settings.</summary>
public sealed class OrganizationStore(StateStore states, IOptions<IsmsOptions> options, TimeProvider clock)
{
    private const string Kind = "organization";
    private const string Id = "organization";
    private (Stored<Organization> Value, DateTimeOffset ReadAt)? cached;

    /// <summary>The settings as of at most <see cref="IsmsOptions.SettingsFreshness"/> ago; null before the first setup.</summary>
    public async Task<Stored<Organization>?> FindAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (cached is { } known && now - known.ReadAt < options.Value.SettingsFreshness)
        {
            return known.Value;
        }

        var stored = await states.FindAsync<Organization>(Kind, Id, cancellationToken);
        cached = stored is null ? null : (stored, now);
        return stored;
    }

    /// <summary>The organisation as it stands today: handovers that have come are carried out. Null before the first setup.</summary>
    public async Task<Organization?> FindInForceAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken))?.Value is { } settings
            ? settings.AsOf(OfficeTime.Of(settings.TimeZone).DateAt(clock.GetUtcNow()))
            : null;

    /// <summary>The organisation as it stands today: handovers that have come are carried out.</summary>
    /// <exception cref="RefusedException">There is none yet.</exception>
    public async Task<Organization> GetAsync(CancellationToken cancellationToken) =>
        await FindInForceAsync(cancellationToken) ?? throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "organization-not-set-up"));

    /// <summary>Stores new settings over the version <paramref name="ifMatch"/>, or as the first ones.</summary>
    /// <exception cref="RefusedException">They break a rule, or somebody else changed them in between.</exception>
    public async Task<Stored<Organization>> PutAsync(Organization organization, string? ifMatch, CancellationToken cancellationToken)
    {
        if (OrganizationRules.FirstBrokenRule(organization) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var present = await states.FindAsync<Organization>(Kind, Id, cancellationToken);
        if (present is not null && ifMatch is null)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.Stale, "if-match-missing", "If-Match", null, present.HttpETag));
        }

        if (present is not null && ifMatch != "*" && ifMatch != present.HttpETag)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.Stale, "changed-by-someone-else", "If-Match", ifMatch, present.HttpETag));
        }

        var stored = present is null
            ? await states.TryCreateAsync(Kind, Id, organization, cancellationToken: cancellationToken)
            : await states.TryReplaceAsync(present, organization, cancellationToken: cancellationToken);
        cached = null;
        return stored ?? throw new RefusedException(Refusal.Of(RefusalKind.Stale, "changed-by-someone-else", "If-Match", ifMatch, "?"));
    }

    /// <summary>Takes the settings file over when nothing is stored yet, so that a deployment can bring its organisation along.</summary>
    public async Task ImportFileOnceAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OrganizationFile is not { Length: > 0 } path || await states.FindAsync<Organization>(Kind, Id, cancellationToken) is not null)
        {
            return;
        }

        await using var file = File.OpenRead(path);
        var organization = await JsonSerializer.DeserializeAsync<Organization>(file, Json.Strict, cancellationToken)
            ?? throw new InvalidDataException($"Isms__OrganizationFile '{path}' holds null.");
        if (OrganizationRules.FirstBrokenRule(organization) is { } refusal)
        {
            throw new InvalidDataException($"Isms__OrganizationFile '{path}': {refusal.Field}: {refusal.Title.En} {refusal.Remedy.En}");
        }

        await states.TryCreateAsync(Kind, Id, organization, cancellationToken: cancellationToken);
    }
}
