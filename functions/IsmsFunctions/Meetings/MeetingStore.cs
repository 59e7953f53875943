using Isms.Meetings;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Meetings;

/// <summary>Keeps management reviews and committee meetings.</summary>
public sealed class MeetingStore(StateStore states)
{
    /// <summary>The kind of a meeting's state; its id is the workflow's instance id.</summary>
    public const string Kind = "meeting";

    /// <summary>The meeting.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<Meeting>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<Meeting>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-meeting", "id", id, id));

    /// <summary>The meeting, which must be of this kind.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<Stored<Meeting>> GetAsync(string id, MeetingKind kind, CancellationToken cancellationToken) =>
        await states.FindAsync<Meeting>(Kind, id, cancellationToken) is { } stored && stored.Value.Kind == kind
            ? stored
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-meeting", "id", id, id));

    /// <summary>Meetings, ordered by id, whose id comes after <paramref name="after"/>; those of one kind and fiscal year where these are given.</summary>
    public IAsyncEnumerable<Stored<Meeting>> ListAfterAsync(MeetingKind? kind, string? fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<Meeting>(Kind, kind is { } k ? PrefixOf(k, fiscalYear) : "", after, cancellationToken)
            .Where(m => fiscalYear is null || m.Value.FiscalYear == fiscalYear);

    /// <summary>All meetings of a kind.</summary>
    public async Task<IReadOnlyList<Meeting>> AllAsync(MeetingKind kind, CancellationToken cancellationToken) =>
        await ListAfterAsync(kind, null, null, cancellationToken).Select(m => m.Value).ToListAsync(cancellationToken);

    /// <summary>What the ids of a kind's meetings begin with; those of one fiscal year where it is given.</summary>
    public static string PrefixOf(MeetingKind kind, string? fiscalYear) =>
        (kind == MeetingKind.ManagementReview ? "review-" : "committee-") + (fiscalYear is null ? "" : fiscalYear + "-");
}
