using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Isms.Packs;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Packs;

/// <summary>
/// The plans of packs: for each slice of items the list of its members and the bytes that were written for it, and the same for what stands at the head of the pack.
/// A plan is bookkeeping beside evidence; what it says is checked again when the pack is downloaded.
/// </summary>
public sealed class PackBlobs(StorageAccounts storage)
{
    /// <summary>The container.</summary>
    public const string ContainerName = "packs";

    private readonly BlobContainerClient container = storage.Blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Creates the container if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>The number of the slice of what stands at the head.</summary>
    public const int HeadSlice = 0;

    /// <summary>Opens one of a pack's files for writing; what an earlier attempt wrote there is replaced.</summary>
    public PackBlobWriter Create(string pack, string file) => new(container.GetBlockBlobClient($"{pack}/{file}"));

    /// <summary>Writes the members of a slice.</summary>
    public async Task WriteMembersAsync(string pack, int slice, IEnumerable<PackMember> members, CancellationToken cancellationToken)
    {
        await using var writer = Create(pack, MembersOf(slice));
        foreach (var member in members)
        {
            await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(member, Json.Options), cancellationToken);
            await writer.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>The members of some slices, in order, each with the place of its content.</summary>
    public async IAsyncEnumerable<PlannedMember> ReadMembersAsync(string pack, int firstSlice, int lastSlice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var slice = firstSlice; slice <= lastSlice; slice++)
        {
            var offset = 0L;
            await using var stream = await container.GetBlobClient($"{pack}/{MembersOf(slice)}").OpenReadAsync(cancellationToken: cancellationToken);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                var member = JsonSerializer.Deserialize<PackMember>(line, Json.Options)!;
                yield return new PlannedMember(member, slice, offset);
                offset += member.Blob is null ? member.Length : 0;
            }
        }
    }

    /// <summary>The bytes that were written for a slice.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadContentAsync(string pack, int slice, CancellationToken cancellationToken) =>
        (await container.GetBlobClient($"{pack}/{ContentOf(slice)}").DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();

    /// <summary>One of the pack's own files.</summary>
    public async Task<Stream> OpenAsync(string pack, string file, CancellationToken cancellationToken) =>
        (await container.GetBlobClient($"{pack}/{file}").DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;

    /// <summary>Where the bytes of a slice's manifests stand.</summary>
    public static string ContentOf(int slice) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"plan/{slice:00000}.bin");

    private static string MembersOf(int slice) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"plan/{slice:00000}.jsonl");
}

/// <summary>A member and where its content is found.</summary>
/// <param name="Member">The member.</param>
/// <param name="Slice">Its slice; <see cref="PackBlobs.HeadSlice"/> for what stands at the head.</param>
/// <param name="Offset">For what was written for a slice: its place in the slice's bytes.</param>
public sealed record PlannedMember(PackMember Member, int Slice, long Offset);
