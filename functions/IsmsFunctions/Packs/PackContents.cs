using Isms.Packs;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Packs;

/// <summary>The members of a pack that is ready, and their content: files of evidence from where they are kept, and what was written when the pack was made.</summary>
public sealed class PackContents(Pack pack, PackBlobs plans, EvidenceBlobs evidence)
{
    private (int Slice, Task<ReadOnlyMemory<byte>> Bytes) last = (-1, Task.FromResult(ReadOnlyMemory<byte>.Empty));

    /// <summary>The zip file that it comes to.</summary>
    public PackZip ToZip() => new(cancellationToken => plans.ReadMembersAsync(pack.Id, PackBlobs.HeadSlice, pack.Slices, cancellationToken), OpenAsync, pack.Head.At);

    private async Task<Stream?> OpenAsync(PlannedMember planned, CancellationToken cancellationToken)
    {
        var (member, slice, offset) = planned;
        if (member.Blob is { } blob)
        {
            var split = blob.LastIndexOf('/', EndOfFolder(blob));
            return await evidence.OpenAsync(blob[..split], blob[(split + 1)..], cancellationToken);
        }

        if (slice == PackBlobs.HeadSlice)
        {
            return await plans.OpenAsync(pack.Id, member.Name, cancellationToken);
        }

        // Members come in order, so the bytes of one slice serve all of its manifests.
        if (last.Slice != slice)
        {
            last = (slice, plans.ReadContentAsync(pack.Id, slice, cancellationToken));
        }

        var bytes = await last.Bytes;
        return new MemoryStream(bytes.Slice((int)offset, (int)member.Length).ToArray(), writable: false);
    }

    /// <summary>The folder of an item has six parts: year, type, three of the day, id.</summary>
    private static int EndOfFolder(string blob)
    {
        var at = -1;
        for (var i = 0; i < 6; i++)
        {
            at = blob.IndexOf('/', at + 1);
        }

        return at;
    }
}
