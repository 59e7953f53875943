using Azure.Storage.Blobs;

namespace Rehearsal.Results;

/// <summary>
/// Copies what the year leaves in storage into the output folder, as it lies there. Evidence never changes once it is written, so what stands there can be copied while
/// the year goes on, with a processor that the app, which does one thing after the other, leaves idle.
/// </summary>
internal sealed class EvidenceExport(string storage, string folder)
{
    private const string Container = "evidence";
    private readonly BlobContainerClient container = new(storage, Container);
    private readonly HashSet<string> copied = [];
    private Task copying = Task.CompletedTask;

    /// <summary>Begins to copy what has come since it was last asked; does nothing while it still copies.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        if (copying.IsCompletedSuccessfully)
        {
            copying = Task.Run(() => CopyNewAsync(atOnce: 1, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Copies the rest. Every blob goes to <c>evidence/…</c>; documents for people also, under a readable name, to <c>documents/…</c>.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await copying;
        await CopyNewAsync(Environment.ProcessorCount, cancellationToken);
    }

    private async Task CopyNewAsync(int atOnce, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "documents"));
        var added = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (copied.Add(blob.Name))
            {
                added.Add(blob.Name);
            }
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(added, options, async (name, token) => await CopyAsync(name, token));
    }

    private async Task CopyAsync(string name, CancellationToken cancellationToken)
    {
        var relative = name.StartsWith(Container + "/", StringComparison.Ordinal) ? name : $"{Container}/{name}";
        var target = Path.GetFullPath(Path.Combine(folder, relative));
        if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The blob '{name}' would leave the output folder.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await container.GetBlobClient(name).DownloadToAsync(target, cancellationToken);
        if (target.EndsWith(".html", StringComparison.Ordinal))
        {
            var item = Path.GetFileName(Path.GetDirectoryName(target)!);
            File.Copy(target, Path.Combine(folder, "documents", $"{item}.{Path.GetFileName(target)}"), overwrite: true);
        }
    }
}
