using System.Text.Json.Serialization;
using Isms.Text;

namespace Isms.Evidence;

/// <summary>The kinds of record an auditor asks for (seed table of records; clause 7.5.3).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceType>))]
public enum EvidenceType
{
    /// <summary>Policy and objectives (方針・目的).</summary>
    [JsonStringEnumMemberName("policy")] Policy,

    /// <summary>Risk management (リスク管理).</summary>
    [JsonStringEnumMemberName("risk")] Risk,

    /// <summary>Education and training (教育・訓練).</summary>
    [JsonStringEnumMemberName("training")] Training,

    /// <summary>Operation (運用).</summary>
    [JsonStringEnumMemberName("operation")] Operation,

    /// <summary>Internal and external audit (監査).</summary>
    [JsonStringEnumMemberName("audit")] Audit,

    /// <summary>Management review (マネジメントレビュー).</summary>
    [JsonStringEnumMemberName("management-review")] ManagementReview,

    /// <summary>Nonconformity, corrective action and improvement (是正・改善).</summary>
    [JsonStringEnumMemberName("improvement")] Improvement,

    /// <summary>Incidents (インシデント).</summary>
    [JsonStringEnumMemberName("incident")] Incident,

    /// <summary>Certification (認証審査).</summary>
    [JsonStringEnumMemberName("certification")] Certification,
}

/// <summary>The time an item of evidence speaks of, both ends in UTC; <paramref name="To"/> is exclusive.</summary>
public sealed record Period(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Where evidence came from. Exactly one of the three is present: rows pulled from Microsoft Graph, a step of a workflow, or a file somebody uploaded.
/// </summary>
public sealed record EvidenceSource
{
    /// <summary>Requests made to Microsoft Graph.</summary>
    public GraphSource? Graph { get; init; }

    /// <summary>The workflow step that produced it.</summary>
    public WorkflowSource? Workflow { get; init; }

    /// <summary>The upload.</summary>
    public UploadSource? Upload { get; init; }
}

/// <summary>What was asked of Microsoft Graph, and what came back.</summary>
/// <param name="Collector">The collector's name.</param>
/// <param name="Requests">One entry per query (not per page), in order.</param>
public sealed record GraphSource(string Collector, IReadOnlyList<GraphQuery> Requests);

/// <summary>One query and its pages.</summary>
/// <param name="Query">The request path with its query, without host and without skip tokens.</param>
/// <param name="RequestIds">The <c>request-id</c> of each page, the first ones of many: what Microsoft support asks for.</param>
/// <param name="Pages">Pages read.</param>
/// <param name="Rows">Rows kept.</param>
/// <param name="StartedAt">When the first page was asked for.</param>
/// <param name="EndedAt">When the last page had been read.</param>
public sealed record GraphQuery(
    string Query, IReadOnlyList<string> RequestIds, int Pages, long Rows, DateTimeOffset StartedAt, DateTimeOffset EndedAt)
{
    /// <summary>The name of what was asked for.</summary>
    public string? Kind { get; init; }

    /// <summary>The file that holds the rows, together with others or alone; the first of <see cref="Parts"/>.</summary>
    public string? File { get; init; }

    /// <summary>How many files the rows are in, where they are more than one: the n-th has the number n before its extension.</summary>
    public int? Parts { get; init; }

    /// <summary>Requests sent, those that were refused or failed included.</summary>
    public int? Requests { get; init; }

    /// <summary>Where the file holds rows of several queries: SHA-256 of the lines of this one.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Rows left out because they came again, unchanged; null for none.</summary>
    public long? Repeated { get; init; }

    /// <summary>Of the rows kept, those whose id came before with other content; null for none.</summary>
    public long? Revised { get; init; }

    /// <summary>Of the rows kept, those of the time before the window; null for none.</summary>
    public long? Late { get; init; }
}

/// <summary>A workflow step that produced evidence.</summary>
/// <param name="Instance">The workflow's instance id.</param>
/// <param name="Step">The step.</param>
/// <param name="Actor">The person id of who acted, or <c>system</c>.</param>
public sealed record WorkflowSource(string Instance, string Step, string Actor);

/// <summary>A file that somebody uploaded.</summary>
/// <param name="Actor">The person id of who uploaded it.</param>
/// <param name="FileName">The file name as it was given.</param>
/// <param name="Scan">Who looked for malware in it: <c>clamd</c>, or <c>none</c>; absent in what earlier versions recorded.</param>
public sealed record UploadSource(string Actor, string FileName, string? Scan = null);

/// <summary>Whether the evidence covers all of its period.</summary>
/// <param name="Status"><c>complete</c> or <c>partial</c>.</param>
/// <param name="Gaps">What is missing and why; empty when complete.</param>
public sealed record Completeness(string Status, IReadOnlyList<Gap> Gaps)
{
    /// <summary>Nothing is missing.</summary>
    public static Completeness Complete { get; } = new("complete", []);

    /// <summary>Something is missing.</summary>
    public static Completeness Partial(IReadOnlyList<Gap> gaps) => new("partial", gaps);
}

/// <summary>A part that is missing.</summary>
/// <param name="What">The query or slice.</param>
/// <param name="Reason">One of <c>throttled-out</c>, <c>not-licensed</c>, <c>permission-pending</c>, <c>not-offered</c>, <c>service-error</c>.</param>
/// <param name="Detail">What the service answered, without personal data.</param>
/// <param name="Period">The time that is missing, where the source is a log.</param>
public sealed record Gap(string What, string Reason, string Detail, Period? Period = null)
{
    /// <summary>True where nobody will be able to close it: the service will have deleted what is missing.</summary>
    public bool? IsFinal { get; init; }
}

/// <summary>A file of an item of evidence.</summary>
/// <param name="Path">Path inside the item's folder, with forward slashes.</param>
/// <param name="MediaType">Media type of the stored bytes.</param>
/// <param name="Length">Length of the stored bytes.</param>
/// <param name="Sha256">SHA-256 of the stored bytes, lower-case hex.</param>
/// <param name="UnpackedSha256">For compressed rows: SHA-256 of the unpacked bytes.</param>
/// <param name="Crc32">CRC-32 of the stored bytes, lower-case hex: a zip file needs it before it has read them. Absent in what was recorded by earlier versions.</param>
public sealed record EvidenceFile(string Path, string MediaType, long Length, string Sha256, string? UnpackedSha256 = null, string? Crc32 = null);

/// <summary>
/// The manifest of an item of evidence: what it is, what it is evidence for, where it came from, and the hash of every file. Its RFC 8785 form is a leaf of
/// the ledger, so it never changes; a correction is a new item that names this one in <see cref="Supersedes"/>.
/// </summary>
public sealed record EvidenceManifest
{
    /// <summary>Deterministic id: doing the same step twice is one item.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year, such as <c>FY2026</c>.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>The kind of record.</summary>
    public required EvidenceType Type { get; init; }

    /// <summary>What it is, for people.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Clauses of ISO/IEC 27001:2022 it is evidence for, such as <c>9.2</c>.</summary>
    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>Annex A controls it is evidence for, such as <c>5.18</c>.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>The time it speaks of.</summary>
    public required Period Period { get; init; }

    /// <summary>The workflow instance it belongs to (a plan item, an audit, a corrective action); null for collectors' evidence.</summary>
    public string? Subject { get; init; }

    /// <summary>Which required record it is, such as <c>context-register</c>; null where it answers no such demand.</summary>
    public string? Record { get; init; }

    /// <summary>Where it came from.</summary>
    public required EvidenceSource Source { get; init; }

    /// <summary>Whether it covers its period.</summary>
    public required Completeness Completeness { get; init; }

    /// <summary>Its files, ordered by path.</summary>
    public required IReadOnlyList<EvidenceFile> Files { get; init; }

    /// <summary>The item that this one corrects.</summary>
    public string? Supersedes { get; init; }

    /// <summary>The items that this one adds to without replacing them, such as those of log windows of which rows came late; null for none.</summary>
    public IReadOnlyList<string>? Supplements { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The person id of who recorded it, or <c>system</c>.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The version of the app that recorded it.</summary>
    public required string Producer { get; init; }
}
