using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Isms.AccessReviews;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring;

namespace IsmsFunctions.AccessReviews;

/// <summary>The sheets as they were given out: evidence from the start, since what was reviewed must not change while it is reviewed.</summary>
public sealed class AccessReviewSheets(IEvidenceStore evidence, EvidenceBlobs blobs)
{
    /// <summary>The key of the record.</summary>
    public const string Record = "access-review-sheets";

    private const string File = "assignments.ndjson.gz";
    private const int Remembered = 4;

    /// <summary>They never change: the last few are kept in memory, so that an answer does not read a large tenant again.</summary>
    private readonly ConcurrentDictionary<string, IReadOnlyList<Assignment>> known = new(StringComparer.Ordinal);

    /// <summary>Puts the sheets on record and returns the folder they are in. What an earlier attempt recorded counts.</summary>
    public async Task<(string Evidence, string Folder)> RecordAsync(
        AccessReview review, string source, DateTimeOffset at, IReadOnlyList<Assignment> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(rows);
        var title = Texts.Get("access-review-paper.given-out.title");
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(review.Id, Record),
            FiscalYear = review.FiscalYear,
            Type = EvidenceType.Operation,
            Title = new LocalizedText($"{title.Ja} {review.Id}", $"{title.En} {review.Id}"),
            Clauses = ["8.1"],
            Controls = ["5.15", "5.18", "8.2"],
            Period = new Period(at, at),
            Subject = review.Id,
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(review.Id, "give-out " + source, "system") },
            CreatedBy = "system",
        };
        var item = await evidence.RecordAsync(draft, [new EvidenceContent(File, RowSections.MediaType, Pack(rows))], cancellationToken);
        return (item.Id, EvidencePaths.FolderOf(item));
    }

    /// <summary>The rows of all sheets.</summary>
    public async Task<IReadOnlyList<Assignment>> RowsAsync(AccessReview review, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(review);
        if (review.Snapshot is not { } snapshot)
        {
            return [];
        }

        if (known.TryGetValue(snapshot.Sheets, out var rows))
        {
            return rows;
        }

        var read = new List<Assignment>();
        await using (var file = await blobs.OpenFileAsync(snapshot.Folder, File, cancellationToken) ?? throw new FileNotFoundException($"{snapshot.Folder}/{File}"))
        {
            await RowLines.ReadAsync(file.Content, line => read.Add(JsonSerializer.Deserialize<Assignment>(line.Span, Json.Options)!), cancellationToken);
        }

        while (known.Count >= Remembered && known.Keys.FirstOrDefault() is { } oldest)
        {
            known.TryRemove(oldest, out _);
        }

        known[snapshot.Sheets] = read;
        return read;
    }

    /// <summary>The rows of a sheet.</summary>
    public async Task<IReadOnlyList<Assignment>> RowsAsync(AccessReview review, string sheet, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(review, cancellationToken)).Where(r => r.Sheet == sheet)];

    private static byte[] Pack(IReadOnlyList<Assignment> rows)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            foreach (var row in rows)
            {
                JsonSerializer.Serialize(gzip, row, Json.Options);
                gzip.WriteByte((byte)'\n');
            }
        }

        return packed.ToArray();
    }
}
