using Azure.Storage.Blobs;

namespace Rehearsal.Results;

/// <summary>
/// Copies what the year leaves in storage into the output folder, as it lies there. A file of evidence never changes, so it can be copied as soon as it stands: month by
/// month, while the year goes on, since on a clock that waits for every answer half the machine stands idle.
/// </summary>
internal sealed class EvidenceExport(string storage, string folder)
{
    private const string Container = "evidence";
    private readonly BlobContainerClient container = new(storage, Container);
    private readonly HashSet<string> copied = new(StringComparer.Ordinal);
    private readonly string documents = Directory.CreateDirectory(Path.Combine(folder, "documents")).FullName;
    private Task copying = Task.CompletedTask;

    /// <summary>Goes on copying in the background, once what was begun before is done.</summary>
    public async Task GoOnAsync(CancellationToken cancellationToken)
    {
        await copying;
        copying = Task.Run(() => CopyAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Copies the rest.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await copying;
        await CopyAsync(cancellationToken);
    }

    /// <summary>Every blob goes to <c>evidence/…</c>; documents for people also, under a readable name, to <c>documents/…</c>.</summary>
    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        var blobs = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (copied.Add(blob.Name))
            {
                blobs.Add(blob.Name);
            }
        }

        await Parallel.ForEachAsync(blobs, cancellationToken, async (name, token) =>
        {
            var relative = name.StartsWith(Container + "/", StringComparison.Ordinal) ? name : $"{Container}/{name}";
            var target = Path.GetFullPath(Path.Combine(folder, relative));
            if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The blob '{name}' would leave the output folder.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await container.GetBlobClient(name).DownloadToAsync(target, token);
            if (target.EndsWith(".html", StringComparison.Ordinal))
            {
                var item = Path.GetFileName(Path.GetDirectoryName(target)!);
                File.Copy(target, Path.Combine(documents, $"{item}.{Path.GetFileName(target)}"), overwrite: true);
            }
        });
    }
}
