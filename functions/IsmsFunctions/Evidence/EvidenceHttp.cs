using Isms.Evidence;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace IsmsFunctions.Evidence;

/// <summary>Evidence over HTTP: list, manifest, download, upload.</summary>
public sealed class EvidenceHttp(
    EvidenceStore evidence, EvidenceBlobs blobs, EvidenceUploads uploads, AuditorGrants grants, ReadLog reads, OrganizationStore organizations)
{
    /// <summary>Lists evidence: by fiscal year, the oldest first; for a period alone, by the ends of what it speaks of. An external auditor's pages hold what was granted of them, and may be short.</summary>
    [Function(nameof(ListEvidence))]
    public async Task<IResult> ListEvidence(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/evidence")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = (await organizations.FindAsync(cancellationToken))?.Value ?? new() { Name = new("", "") };
        var (query, top, token) = EvidenceInput.OfList(request.Query, organization.TimeZone);
        var access = await grants.OfAsync(Actor.Of(request), cancellationToken);
        if (access is { SeesAll: false, Grants: [] })
        {
            return Answers.Ok(new EvidenceListing([], null));
        }

        var page = await evidence.ListAsync(query, top, token, cancellationToken);
        return Answers.Ok(new EvidenceListing([.. page.Items.Where(access.MaySee).Select(EvidenceView.Of)], page.ContinuationToken));
    }

    /// <summary>Answers an item's manifest.</summary>
    [Function(nameof(GetEvidence))]
    public async Task<IResult> GetEvidence(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/evidence/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Answers.Ok(await FindAsync(request, id, cancellationToken));

    /// <summary>
    /// Answers a file's bytes as they are stored; its entity tag is their SHA-256. Nothing a browser receives may run: files are attachments, except
    /// pages that the app itself printed, and those are confined to a sandbox.
    /// </summary>
    [Function(nameof(DownloadEvidenceFile))]
    public async Task<IResult> DownloadEvidenceFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/evidence/{id}/files/{*path}")] HttpRequest request, string id, string path,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var item = await FindAsync(request, id, cancellationToken);
        if (path == EvidencePaths.Manifest)
        {
            await reads.NoteAsync(Actor.Of(request).PersonId, $"{item.Id}/{path}", "download", cancellationToken);
            var manifest = await blobs.ReadManifestAsync(EvidencePaths.FolderOf(item), cancellationToken);
            Describe(request.HttpContext.Response, path, null, inline: false);
            return Results.Bytes(manifest.ToArray(), "application/json");
        }

        var file = item.Files.FirstOrDefault(f => f.Path == path) ?? throw NoSuchFile(item, path);
        var tag = $"\"{file.Sha256}\"";
        if (request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == tag || t.Tag == "*"))
        {
            request.HttpContext.Response.Headers.ETag = tag;
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var ownPage = item.Source.Workflow is not null && file.MediaType.StartsWith("text/html", StringComparison.Ordinal);
        var range = ByteRange.Answer(request.HttpContext, file.Length, tag);
        var stream = await blobs.OpenAsync(EvidencePaths.FolderOf(item), path, range.From, range.To - range.From, cancellationToken) ?? throw NoSuchFile(item, path);
        await reads.NoteAsync(Actor.Of(request).PersonId, $"{item.Id}/{path}", "download", cancellationToken);
        Describe(request.HttpContext.Response, path, tag, ownPage);
        return Results.Stream(stream, MediaTypeHeaderValue.TryParse(file.MediaType, out _) ? file.MediaType : "application/octet-stream");
    }

    /// <summary>Takes a file as evidence.</summary>
    [Function(nameof(UploadEvidence))]
    public async Task<IResult> UploadEvidence(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/evidence")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var item = await uploads.TakeAsync(request, Actor.Of(request), cancellationToken);
        return Answers.Created(request, $"/evidence/{item.Id}", item);
    }

    /// <summary>What somebody may not see is not there for them.</summary>
    private async Task<EvidenceManifest> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        id.Length <= 200 && await evidence.FindAsync(id, cancellationToken) is { } item && (await grants.OfAsync(Actor.Of(request), cancellationToken)).MaySee(item)
            ? item
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "evidence-not-found", "id", id, id));

    private static void Describe(HttpResponse response, string path, string? tag, bool inline)
    {
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(path[(path.LastIndexOf('/') + 1)..]);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        response.Headers.CacheControl = "private, no-cache";
        if (tag is not null)
        {
            response.Headers.ETag = tag;
        }
    }

    private static RefusedException NoSuchFile(EvidenceManifest item, string path) => new(Refusal.Of(
        RefusalKind.NotFound, "evidence-file-not-found", "path", path, item.Id, path, string.Join(", ", item.Files.Select(f => f.Path))));
}
