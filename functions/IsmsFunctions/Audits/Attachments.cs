using Isms.Audits;
using Isms.Evidence;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Audits;

/// <summary>What auditors were shown: files, kept as evidence of the audit under the question they belong to.</summary>
public sealed class Attachments(AuditStore audits, EvidenceUploads uploads, IEvidenceStore evidence, OrganizationStore organizations)
{
    private const string Record = "audit-attachment.";
    private const int Page = 200;

    /// <summary>Takes the files of a form. The same files from the same person are one item.</summary>
    /// <exception cref="RefusedException">The person may not answer the question, or a file is not taken.</exception>
    public async Task<AttachmentView> TakeAsync(string auditId, string question, HttpRequest request, CommandContext command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var audit = (await audits.GetAsync(auditId, cancellationToken)).Value;
        var person = command.Actor.PersonId;
        if ((AuditRules.CommandIsPossible(audit, AuditRules.Answer) ?? AuditRules.ActsAsAuditorOf(audit, person)) is { } refused)
        {
            throw new RefusedException(refused);
        }

        var organization = await organizations.GetAsync(cancellationToken);
        if (AuditTeam.AuditorMayStillAnswer(audit, person, organization, OfficeTime.Of(organization.TimeZone).DateAt(command.At)) is { } lapsed)
        {
            throw new RefusedException(lapsed);
        }

        var asked = (await audits.ChecklistAsync(auditId, cancellationToken)).Find(question)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-question", "question", question, question, auditId));
        if (AuditIndependence.AuditorIsIndependentOf(asked.Department, person, "question", organization) is { } own)
        {
            throw new RefusedException(own);
        }

        var title = Texts.Get("audit-attachment.title", asked.Id, DemandOf(asked));
        var purpose = new UploadPurpose(
            EvidenceType.Audit, title, audit.FiscalYear, audit.Id, Record + asked.Id, asked.Clause is { } clause ? [clause] : [], asked.Control is { } control ? [control] : []);
        return AttachmentView.Of(await uploads.TakeAsync(request, command.Actor, purpose, cancellationToken), asked.Id);
    }

    /// <summary>The attachments of an audit, oldest first; those of one question where it is given.</summary>
    public async Task<IReadOnlyList<AttachmentView>> ListAsync(string auditId, string? question, CancellationToken cancellationToken)
    {
        await audits.GetAsync(auditId, cancellationToken);
        var found = new List<AttachmentView>();
        string? token = null;
        do
        {
            var page = await evidence.ListAsync(new EvidenceQuery(Subject: auditId), Page, token, cancellationToken);
            found.AddRange(page.Items
                .Where(i => i.Record?.StartsWith(Record, StringComparison.Ordinal) == true && (question is null || i.Record == Record + question))
                .Select(i => AttachmentView.Of(i, i.Record![Record.Length..])));
            token = page.ContinuationToken;
        }
        while (token is not null);
        return found;
    }

    private static string DemandOf(ChecklistQuestion question) => question.Clause ?? "A." + question.Control;
}

/// <summary>An attachment.</summary>
/// <param name="Evidence">The id of its evidence: what an answer refers to.</param>
/// <param name="Question">The question it belongs to.</param>
/// <param name="Title">Its title.</param>
/// <param name="By">Who attached it.</param>
/// <param name="At">When.</param>
/// <param name="Files">Its files, with where to download them below <c>/api</c>.</param>
public sealed record AttachmentView(string Evidence, string Question, LocalizedText Title, string By, DateTimeOffset At, IReadOnlyList<AttachedFile> Files)
{
    /// <summary>The view of an item.</summary>
    public static AttachmentView Of(EvidenceManifest item, string question)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new AttachmentView(item.Id, question, item.Title, item.CreatedBy, item.CreatedAt, [.. item.Files.Select(f => new AttachedFile(
            f.Path, f.MediaType, f.Length, f.Sha256, $"/evidence/{item.Id}/files/{string.Join('/', f.Path.Split('/').Select(Uri.EscapeDataString))}"))]);
    }
}

/// <summary>A file of an attachment.</summary>
public sealed record AttachedFile(string Name, string MediaType, long Length, string Sha256, string Href);
