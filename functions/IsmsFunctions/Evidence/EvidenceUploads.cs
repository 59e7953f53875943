using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Isms.Evidence;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Evidence;

/// <summary>Takes uploads (<c>multipart/form-data</c>) as evidence.</summary>
public sealed partial class EvidenceUploads(
    EvidenceStore evidence, UploadKinds kinds, IUploadScanner scanner, OrganizationStore organizations, IOptions<UploadOptions> options, TimeProvider clock)
{
    private const long FormOverhead = 1_048_576;
    private static readonly string[] Fields =
        ["file", "type", "title", "titleEn", "subject", "record", "clauses", "controls", "period", "fiscalYear"];

    private readonly long limit = options.Value.Megabytes * 1_048_576L;

    private static readonly string[] TitleFields = ["file", "title", "titleEn"];

    /// <summary>Records the files of a form as one item.</summary>
    /// <exception cref="RefusedException">The form is malformed, or says something that cannot be meant.</exception>
    public async Task<EvidenceManifest> TakeAsync(HttpRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var organization = await organizations.GetAsync(cancellationToken);
        var form = await ReadFormAsync(request, cancellationToken);
        if (form.Keys.FirstOrDefault(k => !Fields.Contains(k)) is { } unknown)
        {
            throw EvidenceInput.Invalid("parameter-unknown", unknown, null, unknown, string.Join(", ", Fields));
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var title = TitleOf(form);
        var type = EvidenceInput.TypeOf(Field(form, "type") ?? "");
        var subject = Field(form, "subject") is { } s ? EvidenceInput.NameOf(s, "subject") : null;
        var record = Field(form, "record") is { } r ? EvidenceInput.NameOf(r, "record") : null;
        var now = clock.GetUtcNow();
        var period = Field(form, "period") is { } p ? EvidenceInput.PeriodOf(p, "period", zone) : new Period(now, now);
        var clauses = EvidenceInput.ListOf(Field(form, "clauses"), "clauses", EvidenceInput.ClauseOf);
        var controls = EvidenceInput.ListOf(Field(form, "controls"), "controls", EvidenceInput.ControlOf);
        var started = FiscalYear.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(period.From, zone).DateTime), organization.FiscalYearStartMonth);
        var fiscalYear = Field(form, "fiscalYear") is { } fy ? EvidenceInput.FiscalYearOf(fy, "fiscalYear") : YearOfSubject(subject) ?? started.Id;
        var (files, digest) = await ReadFilesAsync(form, cancellationToken);

        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfUpload(actor.PersonId, subject, record, digest),
            FiscalYear = fiscalYear,
            Type = type,
            Title = title,
            Clauses = clauses,
            Controls = controls,
            Period = period,
            Subject = subject,
            Record = record,
            Source = new EvidenceSource { Upload = new UploadSource(actor.PersonId, string.Join(", ", form.Files.Select(f => f.FileName)), scanner.Name) },
            CreatedBy = actor.PersonId,
        };
        return await evidence.RecordAsync(draft, files, cancellationToken);
    }

    /// <summary>Records the files of a form for a purpose that is settled already: the form only adds a title (<c>title</c>, <c>titleEn</c>).</summary>
    /// <exception cref="RefusedException">The form is malformed, or a file is not what its name says.</exception>
    public async Task<EvidenceManifest> TakeAsync(HttpRequest request, Actor actor, UploadPurpose purpose, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(purpose);
        var form = await ReadFormAsync(request, cancellationToken);
        if (form.Keys.FirstOrDefault(k => !TitleFields.Contains(k)) is { } unknown)
        {
            throw EvidenceInput.Invalid("parameter-unknown", unknown, null, unknown, string.Join(", ", TitleFields));
        }

        var (files, digest) = await ReadFilesAsync(form, cancellationToken);
        var now = clock.GetUtcNow();
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfUpload(actor.PersonId, purpose.Subject, purpose.Record, digest),
            FiscalYear = purpose.FiscalYear,
            Type = purpose.Type,
            Title = Field(form, "title") is null ? purpose.Title : TitleOf(form),
            Clauses = purpose.Clauses,
            Controls = purpose.Controls,
            Period = new Period(now, now),
            Subject = purpose.Subject,
            Record = purpose.Record,
            Source = new EvidenceSource { Upload = new UploadSource(actor.PersonId, string.Join(", ", form.Files.Select(f => f.FileName)), scanner.Name) },
            CreatedBy = actor.PersonId,
        };
        return await evidence.RecordAsync(draft, files, cancellationToken);
    }

    private async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "upload-not-a-form", "Content-Type", request.ContentType));
        }

        var isTooLarge = request.ContentLength > limit + FormOverhead;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // A caller who is still sending gets to read the refusal only if the server does not hang up on the rest.
            size.MaxRequestBodySize = isTooLarge ? null : limit + FormOverhead;
        }

        if (isTooLarge)
        {
            throw TooLarge();
        }

        try
        {
            var options = new FormOptions { MultipartBodyLengthLimit = limit + FormOverhead, ValueCountLimit = 100 };
            return await new FormFeature(request, options).ReadFormAsync(cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or BadHttpRequestException)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "upload-not-a-form"));
        }
    }

    private async Task<(IReadOnlyList<EvidenceContent> Files, string Digest)> ReadFilesAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        if (form.Files.Count == 0 || form.Files.Any(f => f.Length == 0 || f.Name != "file"))
        {
            throw EvidenceInput.Invalid("upload-file-missing", "file", null);
        }

        if (form.Files.Sum(f => f.Length) > limit)
        {
            throw TooLarge();
        }

        var files = new List<EvidenceContent>();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in form.Files)
        {
            var bytes = new byte[file.Length];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            digest.AppendData(SHA256.HashData(bytes));
            var path = Unused(EvidencePaths.SafeName(file.FileName), files);
            var content = kinds.Checked(new EvidenceContent(path, "application/octet-stream", bytes));
            if (await scanner.FindThreatAsync(bytes, cancellationToken) is { } threat)
            {
                throw EvidenceInput.Invalid("upload-infected", "file", null, EvidencePaths.SafeName(file.FileName), threat);
            }

            files.Add(content);
        }

        return (files, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    private static string Unused(string path, List<EvidenceContent> taken)
    {
        var (name, extension) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        for (var n = 2; taken.Any(f => f.Path == path); n++)
        {
            path = $"{name} ({n}){extension}";
        }

        return path;
    }

    private static LocalizedText TitleOf(IFormCollection form)
    {
        var title = Field(form, "title");
        var english = Field(form, "titleEn");
        return title is { Length: <= 200 } && (english is null || english.Length <= 200)
            ? new LocalizedText(title, english ?? title)
            : throw EvidenceInput.Invalid("upload-title-missing", "title", null);
    }

    private static string? Field(IFormCollection form, string name)
    {
        var values = form[name];
        return values.Count <= 1
            ? string.IsNullOrWhiteSpace(values.ToString()) ? null : values.ToString().Trim()
            : throw EvidenceInput.Invalid("parameter-repeated", name, null, name);
    }

    /// <summary>What is filed for a workflow belongs to that workflow's year, even when it is filed after the year's end.</summary>
    private static string? YearOfSubject(string? subject) =>
        subject is not null && YearInId().Match(subject) is { Success: true } year ? year.Groups[1].Value : null;

    private RefusedException TooLarge() => EvidenceInput.Invalid("upload-too-large", "file", null, options.Value.Megabytes);

    [GeneratedRegex(@"^[a-z-]+-(FY[0-9]{4})(-|\z)")]
    private static partial Regex YearInId();
}

/// <summary>What an upload is for, where the place it is sent to says so.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Title">Its title, unless the form has one.</param>
/// <param name="FiscalYear">The year it belongs to.</param>
/// <param name="Subject">The workflow it is filed for.</param>
/// <param name="Record">The record it is.</param>
/// <param name="Clauses">The clauses it shows.</param>
/// <param name="Controls">The controls it shows.</param>
public sealed record UploadPurpose(
    EvidenceType Type, LocalizedText Title, string FiscalYear, string Subject, string Record, IReadOnlyList<string> Clauses, IReadOnlyList<string> Controls);
