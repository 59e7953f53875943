namespace Isms.Training;

/// <summary>What the directory says about somebody, against what the campaign has on record.</summary>
/// <param name="Id">The participant's id.</param>
/// <param name="As">The person as the directory has them now; null when they are no longer in the audience.</param>
public sealed record RosterChange(string Id, Candidate? As);

/// <summary>Brings a campaign's participants in line with the directory: joiners come in, leavers go out and stay on record.</summary>
public static class RosterRules
{
    /// <summary>What has changed, ordered by id; nothing where the directory says what is on record.</summary>
    public static IReadOnlyList<RosterChange> Compare(IReadOnlyCollection<Participant> present, IReadOnlyCollection<Candidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(candidates);
        var byId = present.ToDictionary(p => p.Id, StringComparer.Ordinal);

        // Somebody who had no account when the campaign began may have one by now: still the same participant.
        var byMail = present.Where(p => p.Mail is not null).GroupBy(p => p.Mail!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.OrderBy(p => p.LeftOn is not null).First(), StringComparer.OrdinalIgnoreCase);
        var found = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            var known = byId.GetValueOrDefault(candidate.Id) ?? (candidate.Mail is { } mail && candidate.Exclusion is null ? byMail.GetValueOrDefault(mail) : null);
            found.TryAdd(known?.Id ?? candidate.Id, candidate);
        }

        var entered = found.Where(f => !byId.TryGetValue(f.Key, out var p) || !IsAsKnown(p, f.Value)).Select(f => new RosterChange(f.Key, f.Value));
        var gone = present.Where(p => p.LeftOn is null && !found.ContainsKey(p.Id)).Select(p => new RosterChange(p.Id, null));
        return [.. entered.Concat(gone).OrderBy(c => c.Id, StringComparer.Ordinal)];
    }

    /// <summary>The participant after a change; a new one where there was none.</summary>
    public static Participant Apply(Participant? before, RosterChange change, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.As is not { } now)
        {
            return before! with { LeftOn = before.LeftOn ?? today };
        }

        var participant = before ?? new Participant { Id = change.Id, Name = now.Name, ListedOn = today };
        return participant with
        {
            Name = now.Name,
            Mail = now.Mail,
            PrincipalName = now.PrincipalName,
            Department = now.Department,
            DepartmentId = now.DepartmentId,
            PersonId = now.PersonId,
            JoinedOn = now.JoinedOn,
            Exclusion = now.Exclusion,
            LeftOn = null,
        };
    }

    private static bool IsAsKnown(Participant known, Candidate now) =>
        known.LeftOn is null && known.Name == now.Name && known.Mail == now.Mail && known.PrincipalName == now.PrincipalName && known.Department == now.Department
        && known.DepartmentId == now.DepartmentId && known.PersonId == now.PersonId && known.JoinedOn == now.JoinedOn && known.Exclusion == now.Exclusion;
}
