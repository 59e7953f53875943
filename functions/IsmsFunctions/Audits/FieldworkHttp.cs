using Isms.Rules;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Audits;

/// <summary>The files of the fieldwork: the checklist as a workbook, and what auditors were shown.</summary>
public sealed class FieldworkHttp(ChecklistReturns returns, Attachments attachments, TimeProvider clock)
{
    /// <summary>
    /// The checklist as a workbook (<c>?auditor=&amp;department=</c>), with the answers given so far, in the language of <c>Accept-Language</c>. What is filled in comes
    /// back by <see cref="TakeAuditChecklist"/>.
    /// </summary>
    [Function(nameof(GiveOutAuditChecklist))]
    public async Task<IResult> GiveOutAuditChecklist(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audits/{id}/checklist.xlsx")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (auditor, department) = (Said(request.Query["auditor"]), Said(request.Query["department"]));
        var file = await returns.GiveOutAsync(id, auditor, department, Problem.CultureOf(request), cancellationToken);
        string?[] name = [id, "checklist", auditor, department];
        return Results.File(file, WorkbookDocument.MediaType, string.Join('-', name.OfType<string>()) + ".xlsx");
    }

    /// <summary>
    /// Takes the answers of a checklist's workbook, the body, and says row by row what became of them. With <c>?preview=true</c> it only says so. The same file again
    /// changes nothing.
    /// </summary>
    [Function(nameof(TakeAuditChecklist))]
    public async Task<IResult> TakeAuditChecklist(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/checklist")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var preview = Said(request.Query["preview"]) switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "preview-unknown", "preview", other, other)),
        };
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = TableLimits.Default.Bytes + 1L;
        }

        var taken = await returns.TakeAsync(id, request.Body, preview, request.Command(clock), cancellationToken);
        return Hosting.Http.Answers.Ok(ChecklistTakenView.View(id, preview, taken, Problem.CultureOf(request)));
    }

    /// <summary>Attaches the files of a form (<c>multipart/form-data</c>: <c>file</c>, and <c>title</c> if wanted) to a question; an answer then refers to it as evidence.</summary>
    [Function(nameof(AttachToAuditQuestion))]
    public async Task<IResult> AttachToAuditQuestion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/questions/{question}/attachments")] HttpRequest request,
        string id,
        string question,
        CancellationToken cancellationToken)
    {
        var attached = await attachments.TakeAsync(id, question, request, request.Command(clock), cancellationToken);
        return Hosting.Http.Answers.Created(request, $"/evidence/{attached.Evidence}", attached);
    }

    /// <summary>The attachments of an audit (<c>?question=</c>), oldest first.</summary>
    [Function(nameof(ListAuditAttachments))]
    public async Task<IResult> ListAuditAttachments(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audits/{id}/attachments")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Hosting.Http.Answers.Ok(new { items = await attachments.ListAsync(id, Said(request.Query["question"]), cancellationToken) });
    }

    private static string? Said(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
