using Isms.Rules;
using Isms.Training;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Training;

/// <summary>Keeps campaigns, and one row for each participant, so that many people who report attendance at the same time never collide.</summary>
public sealed class TrainingStore(StateStore states)
{
    /// <summary>The kind of a campaign's state; its id is the workflow's instance id.</summary>
    public const string Kind = "training";

    private const string ParticipantKind = "training-participant";
    private const int WritesAtOnce = 8;

    /// <summary>The campaign.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<TrainingCampaign>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<TrainingCampaign>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-training", "id", id, id));

    /// <summary>Campaigns, ordered by id, whose id comes after <paramref name="after"/>; those of one fiscal year where it is given.</summary>
    public IAsyncEnumerable<Stored<TrainingCampaign>> ListAfterAsync(string? fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<TrainingCampaign>(Kind, PrefixOf(fiscalYear), after, cancellationToken);

    /// <summary>What the ids of all campaigns begin with; those of one fiscal year where it is given.</summary>
    public static string PrefixOf(string? fiscalYear) => fiscalYear is null ? "training-" : $"training-{fiscalYear}-";

    /// <summary>What the keys of a campaign's participants begin with.</summary>
    public static string ParticipantPrefixOf(string campaign) => campaign + ".";

    /// <summary>The participants of a campaign, ordered by id.</summary>
    public async Task<IReadOnlyList<Participant>> ParticipantsAsync(string campaign, CancellationToken cancellationToken) =>
        await ParticipantsAfterAsync(campaign, null, cancellationToken).Select(p => p.Value).ToListAsync(cancellationToken);

    /// <summary>Those of <see cref="ParticipantsAsync"/> whose key comes after <paramref name="after"/>.</summary>
    public IAsyncEnumerable<Stored<Participant>> ParticipantsAfterAsync(string campaign, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<Participant>(ParticipantKind, ParticipantPrefixOf(campaign), after, cancellationToken);

    /// <summary>A participant.</summary>
    /// <exception cref="RefusedException">The campaign has none of this id.</exception>
    public async Task<Participant> GetParticipantAsync(string campaign, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var isId = id.Length is > 0 and <= 100 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return (isId ? await states.FindAsync<Participant>(ParticipantKind, KeyOf(campaign, id), cancellationToken) : null)?.Value
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-training-participant", "participant", id, id, campaign));
    }

    /// <summary>Changes a participant by a pure function of the present row.</summary>
    public async Task<Participant> ChangeAsync(string campaign, string id, Func<Participant, Participant> change, CancellationToken cancellationToken) =>
        (await states.UpdateAsync(ParticipantKind, KeyOf(campaign, id), change, cancellationToken: cancellationToken)).Value;

    /// <summary>Changes many participants, several at a time.</summary>
    public Task ChangeAllAsync(
        string campaign, IEnumerable<string> ids, Func<Participant, Participant> change, CancellationToken cancellationToken) =>
        EachAsync(ids, id => ChangeAsync(campaign, id, change, cancellationToken), cancellationToken);

    /// <summary>Brings participants in line with the directory.</summary>
    public Task ApplyAsync(string campaign, IEnumerable<RosterChange> changes, DateOnly today, CancellationToken cancellationToken) =>
        EachAsync(
            changes,
            async change =>
            {
                var created = change.As is not null
                    && await states.TryCreateAsync(
                        ParticipantKind, KeyOf(campaign, change.Id), RosterRules.Apply(null, change, today), cancellationToken: cancellationToken) is not null;
                if (!created)
                {
                    await ChangeAsync(campaign, change.Id, p => RosterRules.Apply(p, change, today), cancellationToken);
                }
            },
            cancellationToken);

    /// <summary>Does something for each of many, several at a time: a thousand rows one after the other would take a minute.</summary>
    internal static Task EachAsync<T>(IEnumerable<T> things, Func<T, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        things, new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken }, async (thing, _) => await act(thing));

    private static string KeyOf(string campaign, string participant) => ParticipantPrefixOf(campaign) + participant;
}
