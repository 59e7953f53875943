using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Registers;
using Isms.Registers.Printing;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Registers.Printing;

/// <summary>What is to be printed.</summary>
/// <param name="Register">The register.</param>
/// <param name="Book">The registers as they are, or were.</param>
/// <param name="Organization">Whose they are.</param>
/// <param name="By">The person who prints.</param>
/// <param name="AsOf">The moment whose state is shown; null for the present.</param>
/// <param name="Api">Where evidence is found: the address of the API, ending in a slash.</param>
public sealed record PrintOrder(RegisterDefinition Register, RegisterBook Book, Organization Organization, string By, DateTimeOffset? AsOf, Uri Api);

/// <summary>Prints registers, and puts what was printed on record (clause 7.5.3: documented information is kept as evidence).</summary>
public sealed class RegisterPrinting(IEvidenceStore evidence, StatementEvidence statement, Sequences sequences, TimeProvider clock)
{
    /// <summary>What stands in the box of the version until the document is put on record.</summary>
    private const string Draft = "–";

    /// <summary>The document as a draft, not on record.</summary>
    public Task<PrintedDocument> PreviewAsync(PrintOrder order, CancellationToken cancellationToken) => WriteAsync(order, Draft, cancellationToken);

    /// <summary>
    /// Puts the printed register on record, in both languages as page, Word document and workbook, with its data. Printing the same content again on the same day for
    /// the same purpose is the same item.
    /// </summary>
    /// <param name="order">What is printed.</param>
    /// <param name="subject">The workflow it is filed for, such as a plan item; null for none.</param>
    /// <param name="cancellationToken">Cancels before it is on record.</param>
    public async Task<EvidenceManifest> RecordAsync(PrintOrder order, string? subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var now = clock.GetUtcNow();
        var register = order.Register;
        var instance = "register-" + register.Name;
        var data = DataOf(order);
        var digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(data, Json.Options)));
        var day = OfficeTime.Of(order.Organization.TimeZone).DateAt(now);
        var number = await sequences.TakeAsync("print-" + register.Name, $"{digest}\n{day:O}\n{order.By}\n{subject}", cancellationToken);
        var version = number.ToString(CultureInfo.InvariantCulture);
        var document = await WriteAsync(order, version, cancellationToken);
        var record = register.RecordType ?? register.Name;
        var at = order.AsOf ?? now;
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(instance, "print-" + version),
            FiscalYear = FiscalYear.Of(day, order.Organization.FiscalYearStartMonth).Id,
            Type = TypeOf(register),
            Title = Texts.Get("register-print.evidence", register.Title, version),
            Clauses = register.Clauses,
            Controls = register.Controls,
            Period = new Period(at, at),
            Subject = subject,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(instance, "print-" + version, order.By) },
            CreatedBy = order.By,
        };
        return await evidence.RecordAsync(draft, DocumentFiles.OfRegister(record, document, data), cancellationToken);
    }

    private async Task<PrintedDocument> WriteAsync(PrintOrder order, string version, CancellationToken cancellationToken)
    {
        var office = OfficeTime.Of(order.Organization.TimeZone);
        var head = new PaperHead(
            order.Organization, version, office.DateAt(clock.GetUtcNow()), order.By, order.AsOf is { } at ? office.DateAt(at) : null);
        var texts = new PaperTexts(order.Organization, order.Book.Find);
        var entries = order.Book.Entries(order.Register.Name);
        if (order.Register.Name != ControlFields.Register)
        {
            return RegisterPaper.Of(order.Register, entries, head, texts, LinksOf(order));
        }

        var newest = await statement.ReadAsync(order.Organization, cancellationToken);
        return StatementPaper.Of(order.Register, entries, head, texts, control =>
            [.. newest.For(control).Select(i => new ShownEvidence(i.Id, i.Title, office.DateAt(i.CreatedAt), AddressOf(order, i.Id)))]);
    }

    /// <summary>The type that the plan gives the record; what the plan does not know is of the operation.</summary>
    private static EvidenceType TypeOf(RegisterDefinition register) =>
        PlanCatalogue.Standard.Duties.SelectMany(d => d.Records).FirstOrDefault(r => r.Key == register.RecordType)?.Type ?? EvidenceType.Operation;

    private static Dictionary<string, Uri> LinksOf(PrintOrder order)
    {
        var fields = order.Register.Fields.Where(f => f.Type == FieldType.Evidence).ToList();
        return order.Book.Entries(order.Register.Name).SelectMany(e => fields.SelectMany(f => RegisterRules.Items(e[f.Name]))).Distinct(StringComparer.Ordinal)
            .ToDictionary(id => id, id => AddressOf(order, id));
    }

    private static Uri AddressOf(PrintOrder order, string id) => new(order.Api, "evidence/" + Uri.EscapeDataString(id));

    /// <summary>What the document was made from, without what paper must not show.</summary>
    private static object DataOf(PrintOrder order)
    {
        var fields = order.Register.Fields.Where(f => !f.IsSensitive).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return new
        {
            Register = order.Register.Name,
            order.AsOf,
            Entries = order.Book.Entries(order.Register.Name).Where(e => !e.IsDeleted)
                .OrderBy(e => e.Id, Comparer<string>.Create(RegisterRules.CompareIds))
                .Select(e => new
                {
                    e.Id,
                    e.Revision,
                    e.IsSample,
                    Values = e.Values.Where(v => fields.Contains(v.Key)).OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(v => v.Key, v => v.Value),
                }).ToList(),
        };
    }
}
