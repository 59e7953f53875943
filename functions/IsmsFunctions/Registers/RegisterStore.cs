using System.Runtime.CompilerServices;
using Isms.Registers;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Registers;

/// <summary>Who commits, why, and with which idempotency key.</summary>
/// <param name="By">The person.</param>
/// <param name="Origin">See <see cref="RegisterChange.Origin"/>.</param>
/// <param name="Key">The same key commits once; null for none.</param>
public sealed record RegisterAuthor(string By, string Origin, string? Key);

/// <summary>What became of a commit.</summary>
/// <param name="Book">The registers after it.</param>
/// <param name="Changes">What it changed; empty when nothing had to be.</param>
/// <param name="Earlier">What the command did when it was given before with the same key.</param>
public sealed record RegisterCommitted(RegisterBook Book, IReadOnlyList<CommittedChange> Changes, AppliedKey? Earlier);

/// <summary>
/// Keeps the registers. What was committed is the truth (<see cref="RegisterLog"/>); the book made of it stands in memory, and each read first asks for the commits
/// that came since. See docs/decisions/0050.
/// </summary>
public sealed partial class RegisterStore(RegisterLog log, RegisterBlobs blobs, TimeProvider clock, ILogger<RegisterStore> logger) : IDisposable
{
    private const int CommitsBetweenKeptBooks = 200;
    private const int ChangesWorthKeeping = 2_000;

    // One writer of this process at a time, or a large import would lose its turn to small edits again and again.
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Lock publishing = new();
    private readonly Dictionary<long, RegisterBook> past = [];
    private RegisterBook? present;
    private long lastKept;

    /// <summary>Creates the storage if it is not there. The app stops here, with the reason, when a definition is broken, rather than at the first request.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        RuntimeHelpers.RunClassConstructor(typeof(RegisterCatalogue).TypeHandle);
        return log.PrepareAsync(cancellationToken);
    }

    /// <summary>The registers as they are.</summary>
    public async Task<RegisterBook> ReadAsync(CancellationToken cancellationToken)
    {
        var book = present;
        if (book is null)
        {
            book = await blobs.FindBookAsync(DateTimeOffset.MaxValue, cancellationToken);
            Interlocked.Exchange(ref lastKept, book.Version);
        }

        await foreach (var commit in log.ReadAfterAsync(book.Version, cancellationToken))
        {
            book = book.Apply(commit);
        }

        return Publish(book);
    }

    /// <summary>The registers as they were at a moment.</summary>
    public async Task<RegisterBook> ReadAsOfAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = await ReadAsync(cancellationToken);
        if (now.At <= at)
        {
            return now;
        }

        lock (publishing)
        {
            if (past.TryGetValue(at.UtcTicks, out var known))
            {
                return known;
            }
        }

        var book = await blobs.FindBookAsync(at, cancellationToken);
        await foreach (var commit in log.ReadAfterAsync(book.Version, cancellationToken))
        {
            if (commit.At > at)
            {
                break;
            }

            book = book.Apply(commit);
        }

        Remember(at, book);
        return book;
    }

    /// <summary>The history of an entry, newest first.</summary>
    public async Task<IReadOnlyList<RegisterChange>> HistoryAsync(string register, string id, CancellationToken cancellationToken)
    {
        var changes = new List<RegisterChange>();
        var next = (await ReadAsync(cancellationToken)).Find(register, id)?.Commit ?? 0;
        while (next > 0)
        {
            var commit = await log.ReadAsync(next, cancellationToken);
            var change = commit.Changes.Single(c => c.Register == register && c.Id == id);
            changes.Add(change.In(commit));
            next = change.Previous;
        }

        return changes;
    }

    /// <summary>
    /// Commits what <paramref name="decide"/> makes of the registers as they are: all of it or nothing. It is asked again when somebody else was faster, so it must be
    /// pure; it refuses by throwing.
    /// </summary>
    public async Task<RegisterCommitted> CommitAsync(
        RegisterAuthor author, Func<RegisterBook, IReadOnlyList<CommittedChange>> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(decide);
        await writing.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var book = await ReadAsync(cancellationToken);
                if (author.Key is { } key && book.FindKey(key) is { } earlier)
                {
                    return new RegisterCommitted(book, [], earlier);
                }

                var changes = decide(book);
                if (changes.Count == 0)
                {
                    return new RegisterCommitted(book, changes, null);
                }

                var now = clock.GetUtcNow();
                var commit = new RegisterCommit
                {
                    Version = book.Version + 1,
                    At = now > book.At ? now : book.At,
                    By = author.By,
                    Origin = author.Origin,
                    Key = author.Key,
                    Changes = changes,
                };
                if (await log.TryAddAsync(commit, cancellationToken))
                {
                    return new RegisterCommitted(await AfterAsync(book, commit, cancellationToken), changes, null);
                }
            }
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private async Task<RegisterBook> AfterAsync(RegisterBook book, RegisterCommit commit, CancellationToken cancellationToken)
    {
        var after = Publish(book.Apply(commit));
        if (commit.Version - Interlocked.Read(ref lastKept) >= CommitsBetweenKeptBooks || commit.Changes.Count >= ChangesWorthKeeping)
        {
            try
            {
                await blobs.AddBookAsync(after, cancellationToken);
                Interlocked.Exchange(ref lastKept, after.Version);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Committed it is all the same; a kept book only saves time.
                BookNotKept(logger, e, after.Version);
            }
        }

        return after;
    }

    private RegisterBook Publish(RegisterBook book)
    {
        lock (publishing)
        {
            return present = present is { } other && other.Version > book.Version ? other : book;
        }
    }

    private void Remember(DateTimeOffset at, RegisterBook book)
    {
        const int MostPastBooks = 4;
        lock (publishing)
        {
            if (past.Count >= MostPastBooks)
            {
                past.Clear();
            }

            past[at.UtcTicks] = book;
        }
    }

    [LoggerMessage(EventId = 1301, EventName = "RegistersNotKept", Level = LogLevel.Warning, Message = "The registers as of commit {Version} could not be kept; they are made of the commits again")]
    private static partial void BookNotKept(ILogger logger, Exception exception, long version);
}
