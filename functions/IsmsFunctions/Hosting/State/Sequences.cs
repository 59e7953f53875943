using System.Security.Cryptography;
using System.Text;

namespace IsmsFunctions.Hosting.State;

/// <summary>
/// Hands out the numbers in ids such as <c>audit-FY2026-01</c>: in order, each once, and the same one again to whoever asks with the same key – so that a
/// step that is repeated after a crash does not make a second thing.
/// </summary>
public sealed class Sequences(StateStore states)
{
    private const string Kind = "sequence";

    /// <summary>The next number of a sequence, from 1; the number that the key was given before, if it was.</summary>
    /// <param name="sequence">The sequence, such as <c>audit-FY2026</c>.</param>
    /// <param name="key">What the number is for; null when there is nothing to recognise it by.</param>
    /// <param name="cancellationToken">Cancels before a number is taken.</param>
    public async Task<int> TakeAsync(string sequence, string? key, CancellationToken cancellationToken)
    {
        var name = key is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        if (await states.FindAsync<Sequence>(Kind, sequence, cancellationToken) is null)
        {
            await states.TryCreateAsync(Kind, sequence, new Sequence(0, new Dictionary<string, int>()), cancellationToken: cancellationToken);
        }

        var stored = await states.UpdateAsync<Sequence>(
            Kind, sequence, s => name is not null && s.Taken.ContainsKey(name) ? s : s.Next(name), cancellationToken: cancellationToken);
        return name is null ? stored.Value.Last : stored.Value.Taken[name];
    }

    private sealed record Sequence(int Last, IReadOnlyDictionary<string, int> Taken)
    {
        public Sequence Next(string? name) =>
            new(Last + 1, name is null ? Taken : Taken.Append(new(name, Last + 1)).ToDictionary());
    }
}
