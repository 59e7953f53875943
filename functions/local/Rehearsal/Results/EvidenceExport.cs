using System.IO.Compression;
using Azure.Storage.Blobs;

namespace Rehearsal.Results;

/// <summary>
/// Lays what the year leaves in storage into the output folder, as it lies there. The pack holds nearly all of it and has been read and checked once already, so it is unpacked;
/// only what belongs to other years is fetched.
/// </summary>
internal sealed class EvidenceExport(string storage, string folder)
{
    private const string Container = "evidence";
    private readonly BlobContainerClient container = new(storage, Container);

    /// <summary>Every blob goes to <c>evidence/…</c>; documents for people also, under a readable name, to <c>documents/…</c>.</summary>
    /// <param name="pack">The year's pack, as it was downloaded.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    public async Task WriteAsync(string pack, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "documents"));
        var unpacked = await UnpackAsync(pack, cancellationToken);
        var missing = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (!unpacked.Contains(NameOf(blob.Name)))
            {
                missing.Add(blob.Name);
            }
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, options, async (name, token) =>
        {
            await using var content = await container.GetBlobClient(name).OpenReadAsync(cancellationToken: token);
            await WriteAsync(NameOf(name), content, token);
        });
    }

    private async Task<HashSet<string>> UnpackAsync(string pack, CancellationToken cancellationToken)
    {
        var unpacked = new HashSet<string>();
        await using var zip = await ZipFile.OpenReadAsync(pack, cancellationToken);
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(Container + "/", StringComparison.Ordinal)))
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            await WriteAsync(entry.FullName, content, cancellationToken);
            unpacked.Add(entry.FullName);
        }

        return unpacked;
    }

    private static string NameOf(string blob) => blob.StartsWith(Container + "/", StringComparison.Ordinal) ? blob : $"{Container}/{blob}";

    private async Task WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(Path.Combine(folder, name));
        if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"'{name}' would leave the output folder.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using (var file = File.Create(target))
        {
            await content.CopyToAsync(file, cancellationToken);
        }

        if (target.EndsWith(".html", StringComparison.Ordinal))
        {
            var item = Path.GetFileName(Path.GetDirectoryName(target)!);
            File.Copy(target, Path.Combine(folder, "documents", $"{item}.{Path.GetFileName(target)}"), overwrite: true);
        }
    }
}
