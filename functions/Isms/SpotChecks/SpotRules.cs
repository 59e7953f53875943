using System.Security.Cryptography;
using System.Text;
using Isms.AccessReviews;
using Isms.Monitoring;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.SpotChecks;

/// <summary>What the newest evidence of a collector says.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="Evidence">The newest item.</param>
/// <param name="At">What moment it speaks of.</param>
/// <param name="IsComplete">Whether nothing is missing in it.</param>
/// <param name="Exceptions">How many exceptions there are, by code.</param>
public sealed record CollectorSummary(string Collector, string Evidence, DateTimeOffset At, bool IsComplete, IReadOnlyDictionary<string, long> Exceptions);

/// <summary>Decides about an exception.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Reason">Why.</param>
/// <param name="Owner">Who mends it; the system administrator, when left out.</param>
/// <param name="Due">By when, for a task.</param>
/// <param name="ExpiresOn">The last day on which the risk is accepted.</param>
public sealed record DecidePoint(SpotDecisionKind Kind, string? Reason = null, string? Owner = null, DateOnly? Due = null, DateOnly? ExpiresOn = null);

/// <summary>The decisions of spot-checks, as pure functions of the evidence and the present row.</summary>
public static class SpotRules
{
    /// <summary>How many people are looked at by hand.</summary>
    public const int SampleSize = 5;

    private const int LongestAcceptanceMonths = 12;

    /// <summary>Holds the newest evidence against the limits. What is missing is said, and never taken for conforming.</summary>
    /// <param name="summaries">The newest evidence, by collector; a collector that is not there has none.</param>
    /// <param name="earlier">The spot-checks before, oldest first: a risk that is still accepted stays accepted.</param>
    /// <param name="today">The local date.</param>
    public static IReadOnlyList<SpotPoint> Compare(
        IReadOnlyDictionary<string, IReadOnlyList<CollectorSummary>> summaries, IReadOnlyList<SpotCheck> earlier, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(summaries);
        ArgumentNullException.ThrowIfNull(earlier);
        return [.. SpotCatalogue.All.Select(test => WithAcceptance(PointOf(test, summaries), earlier, today))];
    }

    /// <summary>Chooses people for whom the seed speaks: the same seed and the same people give the same choice, and nobody can steer it.</summary>
    /// <param name="id">The spot-check's id.</param>
    /// <param name="period">Its month.</param>
    /// <param name="evidence">The snapshot.</param>
    /// <param name="holders">Its accounts.</param>
    /// <param name="rights">Its rights.</param>
    public static SpotSample Choose(string id, string period, string evidence, DirectoryHolders holders, IEnumerable<Right> rights)
    {
        ArgumentNullException.ThrowIfNull(holders);
        var seed = Digest($"{id}\n{period}")[..16];
        var people = holders.Accounts.Values.Where(a => a is { Enabled: true, IsGuest: false }).ToList();
        var held = rights.ToLookup(r => r.HolderId, StringComparer.Ordinal);
        return new SpotSample(
            seed, people.Count, evidence,
            [
                .. people.OrderBy(a => Digest($"{seed}\n{a.Id}"), StringComparer.Ordinal).Take(SampleSize).Select(a => new SampledPerson(
                    a.Id, a.Name, a.PrincipalName, a.Department, [.. held[a.Id].Select(r => $"{r.What} ({r.Kind})").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
            ]);
    }

    /// <summary>Somebody has looked at a person of the sample; what is not as it should be becomes an exception to decide about.</summary>
    public static Outcome<SpotCheck> PersonIsLookedAt(SpotCheck check, string account, bool conforming, string? note, Acting by, DateTimeOffset at, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(organization);
        if (IsOpen(check) is { } closed)
        {
            return closed;
        }

        if (check.Sample?.People.FirstOrDefault(p => p.Id == account) is not { } person)
        {
            return Refusal.Of(RefusalKind.NotFound, "unknown-spot-check-person", "account", account, account);
        }

        if (!by.Is(Role.Secretariat) && !by.Is(Role.InternalAuditor))
        {
            return NotTheirPart(by, Role.Secretariat, Role.InternalAuditor);
        }

        var own = by.PersonId == account || string.Equals(organization.FindPerson(by.PersonId)?.Mail, person.Account, StringComparison.OrdinalIgnoreCase);
        if (own || string.IsNullOrWhiteSpace(note))
        {
            return own
                ? Refusal.Of(RefusalKind.RuleBroken, "spot-check-own-account", "account", account)
                : Refusal.Of(RefusalKind.RuleBroken, "spot-check-text-missing", "note", null, "note") with { Missing = ["note"] };
        }

        var id = SpotCatalogue.SamplePrefix + account;
        var others = check.Points.Where(p => p.Id != id);
        var noticed = new SpotPoint(id, SpotResult.Exception, new Dictionary<string, long> { ["noticed-by-hand"] = 1 }, [new SpotSource("access-rights", check.Sample.Evidence, check.At)], [])
        {
            Fact = note.Trim(),
        };
        return check with
        {
            Sample = check.Sample with { People = [.. check.Sample.People.Select(p => p.Id == account ? p with { Look = new SampleLook(conforming, note.Trim(), by.PersonId, at) } : p)] },
            Points = conforming ? [.. others] : [.. others, noticed],
        };
    }

    /// <summary>Somebody with the role for it decides what is done about an exception.</summary>
    public static Outcome<SpotCheck> PointIsDecided(
        SpotCheck check, string pointId, DecidePoint command, string? action, Acting by, DateTimeOffset at, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(organization);
        return MayDecide(check, pointId, command, by, organization, today) is { } refusal
            ? refusal
            : check with
            {
                Points = [.. check.Points.Select(p => p.Id != pointId ? p : p with
                {
                    Decision = new SpotDecision(
                        command.Kind, command.Reason!.Trim(), by.PersonId, at, command.Kind == SpotDecisionKind.AcceptedRisk ? null : OwnerOf(command, organization),
                        command.Kind == SpotDecisionKind.Task ? command.Due : null, command.Kind == SpotDecisionKind.AcceptedRisk ? command.ExpiresOn : null, action),
                })],
            };
    }

    /// <summary>Why a decision is refused; null where it may be made.</summary>
    public static Refusal? MayDecide(SpotCheck check, string pointId, DecidePoint command, Acting by, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(organization);
        Role[] roles = command.Kind == SpotDecisionKind.AcceptedRisk ? [Role.IsmsManager, Role.TopManagement] : [Role.Secretariat, Role.IsmsManager, Role.TopManagement];
        var point = check.FindPoint(pointId);
        return IsOpen(check)
            ?? (point is null ? Refusal.Of(RefusalKind.NotFound, "unknown-spot-check-point", "point", pointId, pointId) : null)
            ?? (roles.Any(by.Is) ? null : NotTheirPart(by, roles))
            ?? (point is { Result: SpotResult.Exception, Decision: null } ? null : Refusal.Of(RefusalKind.IllegalState, "spot-check-nothing-to-decide", "point", pointId, pointId))
            ?? (string.IsNullOrWhiteSpace(command.Reason) ? Refusal.Of(RefusalKind.RuleBroken, "spot-check-text-missing", "reason", null, "reason") with { Missing = ["reason"] } : null)
            ?? (command.Owner is { } owner && organization.FindPerson(owner) is null
                ? Refusal.Of(RefusalKind.InvalidInput, "unknown-person", "owner", owner, owner, string.Join(", ", organization.People.Select(p => p.Id)))
                : null)
            ?? (command.Kind == SpotDecisionKind.Task && (command.Due is not { } due || due < today) ? Refusal.Of(RefusalKind.RuleBroken, "spot-check-task-without-day", "due") : null)
            ?? (command.Kind == SpotDecisionKind.AcceptedRisk && (command.ExpiresOn is not { } last || last < today || last > today.AddMonths(LongestAcceptanceMonths))
                ? Refusal.Of(RefusalKind.RuleBroken, "spot-check-acceptance-without-end", "expiresOn", null, LongestAcceptanceMonths)
                : null);
    }

    /// <summary>Who mends an exception.</summary>
    public static string OwnerOf(DecidePoint command, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(organization);
        return command.Owner ?? organization.InRole(Role.SystemAdministrator).First().Id;
    }

    /// <summary>Closes a spot-check in which every exception is decided about, and everybody of the sample was looked at.</summary>
    public static Outcome<SpotCheck> IsClosed(SpotCheck check, string? comment, Acting by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(by);
        if (IsOpen(check) is { } closed)
        {
            return closed;
        }

        if (!by.Is(Role.Secretariat) && !by.Is(Role.IsmsManager))
        {
            return NotTheirPart(by, Role.Secretariat, Role.IsmsManager);
        }

        string[] missing = [.. check.Undecided.Select(p => p.Id), .. (check.Sample?.People ?? []).Where(p => p.Look is null).Select(p => SpotCatalogue.SamplePrefix + p.Id)];
        return missing.Length > 0
            ? Refusal.Of(RefusalKind.IllegalState, "spot-check-not-finished", null, null, missing.Length) with { Missing = missing }
            : check with { Closing = new SpotClosing(by.PersonId, at, comment) };
    }

    /// <summary>Points whose task of an earlier spot-check was due, and whose exception is still there.</summary>
    public static IReadOnlyList<string> Overdue(SpotCheck check, IReadOnlyList<SpotCheck> earlier, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(earlier);
        return
        [
            .. earlier.Where(c => c.Id != check.Id).SelectMany(c => c.Points).Where(p => p.Decision is { Kind: SpotDecisionKind.Task } task && task.Due < today)
                .Select(p => p.Id).Distinct(StringComparer.Ordinal).Where(id => check.FindPoint(id)?.Result == SpotResult.Exception),
        ];
    }

    private static Refusal? IsOpen(SpotCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check.Closing is null ? null : Refusal.Of(RefusalKind.IllegalState, "spot-check-closed", "id", check.Id, check.Id);
    }

    private static SpotPoint PointOf(SpotTest test, IReadOnlyDictionary<string, IReadOnlyList<CollectorSummary>> summaries)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var (sources, missing) = (new List<SpotSource>(), new List<string>());
        foreach (var source in test.Sources)
        {
            var found = summaries.GetValueOrDefault(source.Collector) ?? [];
            if (found.Count == 0 || found.Any(f => !f.IsComplete))
            {
                missing.Add(source.Collector);
            }

            if (found is [.., var newest])
            {
                sources.Add(new SpotSource(source.Collector, newest.Evidence, newest.At));
            }

            foreach (var code in source.Codes)
            {
                var count = found.Sum(f => f.Exceptions.GetValueOrDefault(code));
                if (count > 0)
                {
                    counts[code] = count;
                }
            }
        }

        var result = counts.Count > 0 ? SpotResult.Exception
            : sources.Count == 0 ? SpotResult.NoEvidence
            : missing.Count > 0 ? SpotResult.Incomplete
            : SpotResult.Conforming;
        return new SpotPoint(test.Id, result, counts, sources, missing);
    }

    /// <summary>A risk that was accepted stays so until its last day, unless more is beyond the limit than was accepted.</summary>
    private static SpotPoint WithAcceptance(SpotPoint point, IReadOnlyList<SpotCheck> earlier, DateOnly today)
    {
        var last = earlier.LastOrDefault(c => c.FindPoint(point.Id) is not null);
        return point.Result == SpotResult.Exception && last?.FindPoint(point.Id) is { Decision: { Kind: SpotDecisionKind.AcceptedRisk } accepted } before
            && accepted.ExpiresOn >= today && point.Exceptions <= before.Exceptions
            ? point with { Decision = accepted with { From = accepted.From ?? last.Id } }
            : point;
    }

    private static Refusal NotTheirPart(Acting by, params Role[] roles) =>
        Refusal.Of(RefusalKind.NotAllowed, "spot-check-not-your-part", null, by.PersonId, Texts.Join(roles.Select(OrganizationTexts.NameOf)));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
