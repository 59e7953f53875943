using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Monitoring;

/// <summary>Sees a row of a kind. The bytes are only valid during the call.</summary>
public delegate void KindRow(string kind, ReadOnlyMemory<byte> row);

/// <summary>A file of sections that stands.</summary>
/// <param name="File">The file.</param>
/// <param name="Kinds">What it says about its kinds, those with a file of their own included.</param>
/// <param name="IsLast">Whether no further file of sections follows in this item.</param>
public sealed record RowPart(StoredFile File, IReadOnlyList<KindFacts> Kinds, bool IsLast);

/// <summary>
/// The files of raw rows in an item's folder. Kinds with few rows share a file: a line <c>{"@isms.section":"users"}</c> before the rows of each kind, and a last
/// line <c>{"@isms.sections":[…],"@isms.last":…}</c> that tells how each was pulled. A kind with many rows has a file of its own.
/// </summary>
public sealed class RowSections(EvidenceStore evidence, EvidenceBlobs blobs)
{
    /// <summary>Media type of gzip-compressed rows.</summary>
    public const string MediaType = "application/gzip";

    private static ReadOnlySpan<byte> Mark => "{\"@isms.section\":"u8;

    private static ReadOnlySpan<byte> IndexMark => "{\"@isms.sections\":"u8;

    /// <summary>The path of a file of lines.</summary>
    public static string PathOf(string file) => file + ".ndjson.gz";

    /// <summary>The path of the n-th file of sections, from 1: there is more than one where a pull was put off.</summary>
    public static string PartPath(int number) => PathOf(number == 1 ? "rows" : $"rows.{number}");

    /// <summary>The path of the n-th file of a kind with many rows, from 1.</summary>
    public static string OwnPath(string kind, int number = 1) => PathOf(number == 1 ? $"rows.{kind}" : $"rows.{kind}.{number}");

    /// <summary>Whether a kind's rows are in files of their own.</summary>
    public static bool IsOwn(KindFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Query.File == OwnPath(facts.Kind);
    }

    /// <summary>Opens the n-th file of a kind with many rows for writing.</summary>
    public EvidenceFileWriter CreateOwn(EvidenceRecording item, string kind, int number) => evidence.CreateFile(item, OwnPath(kind, number), MediaType);

    /// <summary>Writes a file of sections, unless an earlier attempt has written it: then that one is returned.</summary>
    /// <param name="item">The item it belongs to.</param>
    /// <param name="path">Its path.</param>
    /// <param name="kinds">The facts of each kind with its lines; null for a kind with a file of its own.</param>
    /// <param name="isLast">Whether it completes the item's rows.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    public async Task<RowPart> WriteAsync(
        EvidenceRecording item, string path, IReadOnlyList<(KindFacts Facts, ReadOnlyMemory<byte>? Lines)> kinds, bool isLast, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(kinds);
        await using var writer = evidence.CreateFile(item, path, MediaType);
        var facts = new List<KindFacts>();
        foreach (var (kind, lines) in kinds)
        {
            if (lines is { } section)
            {
                await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new SectionLine(kind.Kind), Json.Options), cancellationToken);
                await writer.WriteAsync("\n"u8.ToArray(), cancellationToken);
                await writer.WriteAsync(section, cancellationToken);
            }

            facts.Add(lines is null ? kind : kind with { Query = kind.Query with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(lines.Value.Span)) } });
        }

        await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new IndexLine(facts, isLast), Json.Options), cancellationToken);
        await writer.WriteAsync("\n"u8.ToArray(), cancellationToken);
        var stored = await writer.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        return writer.WasThere
            ? (await ReadPartAsync(item.Folder, path, null, cancellationToken))!
            : new RowPart(stored, facts, isLast);
    }

    /// <summary>Reads a file of sections, without the kinds that have a file of their own; null when it is not there.</summary>
    public async Task<RowPart?> ReadPartAsync(string folder, string path, KindRow? row, CancellationToken cancellationToken)
    {
        if (await blobs.OpenFileAsync(folder, path, cancellationToken) is not { } file)
        {
            return null;
        }

        var kind = "";
        IndexLine? index = null;
        await using (file)
        {
            await RowLines.ReadAsync(
                file.Content,
                line =>
                {
                    if (line.Span.StartsWith(Mark))
                    {
                        kind = JsonSerializer.Deserialize<SectionLine>(line.Span, Json.Options)!.Kind;
                    }
                    else if (line.Span.StartsWith(IndexMark))
                    {
                        index = JsonSerializer.Deserialize<IndexLine>(line.Span, Json.Options);
                    }
                    else
                    {
                        row?.Invoke(kind, line);
                    }
                },
                cancellationToken);
        }

        return new RowPart(file.Stored, index?.Kinds ?? throw new JsonException($"{folder}/{path} has no last line about its sections."), index.IsLast);
    }

    /// <summary>Reads the n-th file of a kind that has files of its own; null when it is not there.</summary>
    public async Task<StoredFile?> ReadOwnAsync(string folder, string kind, int number, KindRow? row, CancellationToken cancellationToken)
    {
        if (await blobs.OpenFileAsync(folder, OwnPath(kind, number), cancellationToken) is not { } file)
        {
            return null;
        }

        await using (file)
        {
            if (row is not null)
            {
                await RowLines.ReadAsync(file.Content, line => row(kind, line), cancellationToken);
            }
        }

        return file.Stored;
    }

    /// <summary>Reads all files of the kinds that have their own.</summary>
    public async Task<IReadOnlyList<StoredFile>> ReadOwnAsync(string folder, RowPart part, KindRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(part);
        var files = new List<StoredFile>();
        foreach (var own in part.Kinds.Where(IsOwn))
        {
            for (var number = 1; number <= (own.Query.Parts ?? 1); number++)
            {
                files.Add(await ReadOwnAsync(folder, own.Kind, number, row, cancellationToken) ?? throw new FileNotFoundException(OwnPath(own.Kind, number)));
            }
        }

        return files;
    }

    /// <summary>Reads all rows of an item, kind by kind. An item that was never completed has what it has.</summary>
    public async Task ReadAllAsync(string folder, KindRow row, CancellationToken cancellationToken)
    {
        RowPart? part;
        for (var number = 1; (part = await ReadPartAsync(folder, PartPath(number), row, cancellationToken)) is not null; number++)
        {
            await ReadOwnAsync(folder, part, row, cancellationToken);
            if (part.IsLast)
            {
                return;
            }
        }
    }

    private sealed record SectionLine([property: JsonPropertyName("@isms.section")] string Kind);

    private sealed record IndexLine(
        [property: JsonPropertyName("@isms.sections")] IReadOnlyList<KindFacts> Kinds, [property: JsonPropertyName("@isms.last")] bool IsLast);
}
