using System.Globalization;
using System.Text;
using Isms.Documents;
using Isms.Rules;
using IsmsFunctions.Documents;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Notifications;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Registers.Printing;

/// <summary>Registers as printed documents.</summary>
public sealed class RegisterPrintHttp(RegisterDesk desk, RegisterPrinting printing, IOptions<NotificationOptions> options)
{
    private static readonly string[] Formats = ["docx", "xlsx", "html"];

    /// <summary>The register as a document to look at (<c>?format=docx|xlsx|html&amp;asOf=</c>); nothing is put on record.</summary>
    [Function(nameof(GetRegisterDocument))]
    public async Task<IResult> GetRegisterDocument(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/registers/{name}/document")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var format = request.Query["format"].FirstOrDefault() ?? Formats[0];
        if (!Formats.Contains(format))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "table-format-unknown", "format", format, format, string.Join(", ", Formats)));
        }

        var document = await printing.PreviewAsync(await OrderAsync(request, name, cancellationToken), cancellationToken);
        var (content, mediaType) = Render(document, format, Problem.CultureOf(request));
        return Results.Bytes(content, mediaType, $"{name}.{format}");
    }

    /// <summary>Puts the printed register on record (<c>?asOf=&amp;subject=</c>, where the subject is the plan item it is filed for).</summary>
    [Function(nameof(PrintRegister))]
    public async Task<IResult> PrintRegister(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/registers/{name}/print")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var subject = request.Query["subject"].FirstOrDefault() is { Length: > 0 } given ? EvidenceInput.NameOf(given, "subject") : null;
        var item = await printing.RecordAsync(await OrderAsync(request, name, cancellationToken), subject, cancellationToken);
        return Answers.Created(request, $"/evidence/{item.Id}", item);
    }

    private async Task<PrintOrder> OrderAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(name);
        var book = await desk.BookAsync(request, visit, cancellationToken);
        return new PrintOrder(definition, book, visit.Organization, visit.Actor.PersonId, RegisterQuery.AsOf(request, visit.Organization), ApiOf(request));
    }

    /// <summary>Documents outlive requests: where the organisation has named its address, links begin with that.</summary>
    private Uri ApiOf(HttpRequest request)
    {
        var path = request.Path.Value!;
        var prefix = path[..path.IndexOf("registers/", StringComparison.Ordinal)];
        var site = options.Value.Site is { Length: > 0 } named ? named.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
        return new Uri(site + request.PathBase + prefix);
    }

    private static (byte[] Content, string MediaType) Render(PrintedDocument document, string format, CultureInfo culture) => format switch
    {
        "docx" => (WordDocument.Render(document, culture), WordDocument.MediaType),
        "xlsx" => (WorkbookDocument.Render(document, culture), WorkbookDocument.MediaType),
        _ => (Encoding.UTF8.GetBytes(HtmlDocument.Render(document, culture)), "text/html; charset=utf-8"),
    };
}
