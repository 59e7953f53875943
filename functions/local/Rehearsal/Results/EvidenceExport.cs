using Azure.Storage.Blobs;

namespace Rehearsal.Results;

/// <summary>Copies what the year left in storage into the output folder, as it lies there.</summary>
internal static class EvidenceExport
{
    private const string Container = "evidence";

    /// <summary>Every blob goes to <c>evidence/…</c>; documents for people also, under a readable name, to <c>documents/…</c>.</summary>
    public static async Task RunAsync(string storage, string folder, CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(storage, Container);
        var documents = Path.Combine(folder, "documents");
        Directory.CreateDirectory(documents);
        var blobs = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            blobs.Add(blob.Name);
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
