using System.Collections.Concurrent;

namespace IsmsFunctions.Hosting.State;

/// <summary>
/// The values that this process has last read or written, as a starting point for the next change of one. They may be out of date: whoever uses one writes it under
/// its ETag only, and reads again when that fails.
/// </summary>
internal sealed class LastSeen
{
    /// <summary>Work comes back to what was worked on a moment ago; more would only be kept for nothing.</summary>
    private const int Most = 500;

    private readonly ConcurrentDictionary<(string Kind, string Id), object> values = new();

    public Stored<T>? Find<T>(string kind, string id) => values.TryGetValue((kind, id), out var value) ? value as Stored<T> : null;

    public Stored<T> Remember<T>(Stored<T> stored)
    {
        if (stored.ETag == default)
        {
            Forget(stored.Kind, stored.Id);
            return stored;
        }

        if (values.Count >= Most)
        {
            values.Clear();
        }

        values[(stored.Kind, stored.Id)] = stored;
        return stored;
    }

    public void Forget(string kind, string id) => values.TryRemove((kind, id), out _);
}
