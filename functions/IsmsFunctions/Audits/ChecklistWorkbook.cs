using System.Globalization;
using Isms.Audits;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Documents.Office.Reading;

namespace IsmsFunctions.Audits;

/// <summary>
/// A checklist as a workbook that auditors fill in where there is no network: a sheet of questions, whose hidden first row names the columns and whose hidden columns
/// say which question and which version of its answer a row shows; a sheet of advice; and a hidden one with the choices.
/// </summary>
internal sealed class ChecklistWorkbook(Audit audit, Organization organization, CultureInfo culture)
{
    /// <summary>Rows above the first question: the names, and the heads.</summary>
    private const int HeadRows = 2;
    private const int FrozenColumns = 4;
    private const int Advice = 7;

    private static readonly Dictionary<ChecklistColumn, double> Widths = new()
    {
        [ChecklistColumn.Key] = 20,
        [ChecklistColumn.Version] = 6,
        [ChecklistColumn.Number] = 8,
        [ChecklistColumn.Demand] = 11,
        [ChecklistColumn.Department] = 13,
        [ChecklistColumn.Question] = 38,
        [ChecklistColumn.Method] = 12,
        [ChecklistColumn.AskFor] = 24,
        [ChecklistColumn.Newest] = 26,
        [ChecklistColumn.Result] = 14,
        [ChecklistColumn.Note] = 32,
        [ChecklistColumn.Interviewee] = 12,
        [ChecklistColumn.Evidence] = 22,
        [ChecklistColumn.Requirement] = 24,
        [ChecklistColumn.Fact] = 26,
        [ChecklistColumn.Urgency] = 9,
        [ChecklistColumn.GoodPoint] = 8,
    };

    private static readonly ChecklistColumn[] Columns = Enum.GetValues<ChecklistColumn>();
    private readonly AuditNames names = new(organization);
    private readonly OfficeTime office = OfficeTime.Of(organization.TimeZone);

    /// <summary>The workbook.</summary>
    /// <param name="questions">The questions it holds.</param>
    /// <param name="answers">The answers given so far, by question.</param>
    /// <param name="newest">The newest evidence of questions, by its id.</param>
    public byte[] Write(
        IReadOnlyList<ChecklistQuestion> questions, IReadOnlyDictionary<string, AnswerSheet> answers, IReadOnlyDictionary<string, EvidenceManifest> newest)
    {
        var list = SheetNames.Unused(Texts.Get("audit-file.sheet").In(culture), []);
        var about = SheetNames.Unused(Texts.Get("audit-file.about").In(culture), [list]);
        var choices = SheetNames.Unused("choices", [list, about]);
        var foot = Texts.Get("audit-file.foot", Texts.Get("audit-file.title"), audit.Id, audit.Plan.From, audit.Plan.To).In(culture);
        var sheet = new Sheet
        {
            Name = list,
            Widths = [.. Columns.Select(c => Widths[c])],
            ColumnStyles = [.. Columns.Select(StyleOf)],
            HiddenColumns = new HashSet<int> { (int)ChecklistColumn.Key, (int)ChecklistColumn.Version },
            Rows = [.. Heads(), .. questions.Select(q => RowOf(q, answers.GetValueOrDefault(q.Id)?.Latest, newest))],
            FrozenRows = HeadRows,
            FrozenColumns = FrozenColumns,
            Filter = string.Create(CultureInfo.InvariantCulture, $"A{HeadRows}:{SheetNames.ColumnOf(Columns.Length - 1)}{questions.Count + HeadRows}"),
            Choices = [.. ChoiceColumns().Select((c, list) => ChoiceOf(c, list, choices, questions.Count))],
            Print = new SheetPrint { IsLandscape = true, IsA3 = true, RepeatedRows = $"${HeadRows}:${HeadRows}", Foot = foot },
        };
        var properties = new OfficeProperties(foot, organization.Name.In(culture), culture.Name, office.DateAt(audit.StageSince));
        return WorkbookFile.ToBytes(new Workbook([sheet, AboutSheet(about, foot), ChoiceSheet(choices)], properties));
    }

    /// <summary>The rows of a workbook that came back.</summary>
    /// <exception cref="RefusedException">It is no checklist's workbook.</exception>
    public static async Task<IReadOnlyList<ReturnedRow>> ReadAsync(string auditId, Stream file, TableLimits limits, CancellationToken cancellationToken)
    {
        var sheets = new[] { Texts.Get("audit-file.sheet").Ja, Texts.Get("audit-file.sheet").En };
        var rows = new List<ReturnedRow>();
        Dictionary<int, ChecklistColumn>? columns = null;
        await WorkbookReader.ReadAsync(file, sheets, limits, (number, cells) =>
        {
            if (columns is null)
            {
                columns = ColumnsOf(cells);
            }
            else if (number > HeadRows)
            {
                rows.Add(RowOf(number, cells, columns, limits));
            }
        }, cancellationToken);
        return columns is { } found && found.ContainsValue(ChecklistColumn.Key) && found.ContainsValue(ChecklistColumn.Version)
            ? rows
            : throw TableInput.Refused("checklist-header-missing", null, auditId);
    }

    private static Dictionary<int, ChecklistColumn> ColumnsOf(IReadOnlyList<string> names)
    {
        var columns = new Dictionary<int, ChecklistColumn>();
        for (var i = 0; i < names.Count; i++)
        {
            if (Columns.Cast<ChecklistColumn?>().FirstOrDefault(c => ChecklistFile.NameOf(c!.Value) == names[i].Trim()) is { } column)
            {
                columns.Add(i, column);
            }
        }

        return columns.Values.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw TableInput.Refused("checklist-column-twice", ChecklistFile.NameOf(twice.Key), ChecklistFile.TitleOf(twice.Key))
            : columns;
    }

    private static ReturnedRow RowOf(int number, IReadOnlyList<string> cells, Dictionary<int, ChecklistColumn> columns, TableLimits limits)
    {
        var row = columns.ToDictionary(c => c.Value, c => c.Key < cells.Count ? cells[c.Key] : "");
        return row.FirstOrDefault(c => c.Value.Length > limits.CellCharacters) is { Value: not null } tooLong
            ? throw TableInput.Refused("table-cell-too-long", null, number, ChecklistFile.TitleOf(tooLong.Key), limits.CellCharacters)
            : new ReturnedRow(number, row);
    }

    private IEnumerable<SheetRow> Heads()
    {
        yield return new SheetRow([.. Columns.Select(c => new SheetCell(ChecklistFile.NameOf(c), CellStyle.Muted))], IsHidden: true);
        yield return new SheetRow([.. Columns.Select(c => new SheetCell(ChecklistFile.TitleOf(c).In(culture), CellStyle.Head))]);
    }

    private SheetRow RowOf(ChecklistQuestion question, GivenAnswer? given, IReadOnlyDictionary<string, EvidenceManifest> newest) => new([.. Columns.Select(column =>
    {
        var text = (column switch
        {
            ChecklistColumn.Key => LocalizedText.Same(ChecklistFile.KeyOf(audit.Id, question.Id)),
            ChecklistColumn.Version => LocalizedText.Same((given?.Version ?? 0).ToString(CultureInfo.InvariantCulture)),
            ChecklistColumn.Number => LocalizedText.Same(question.Id),
            ChecklistColumn.Demand => LocalizedText.Same(question.Clause ?? "A." + question.Control),
            ChecklistColumn.Department => names.Department(question.Department),
            ChecklistColumn.Question => question.Text,
            ChecklistColumn.Method => Texts.Get("audit.method." + question.Method),
            ChecklistColumn.AskFor => question.AskFor,
            ChecklistColumn.Newest => NewestOf(question, newest),
            _ => ChecklistFile.CellOf(column, given?.Answer),
        }).In(culture);
        return text.Length <= TableLimits.Default.CellCharacters
            ? new SheetCell(text, StyleOf(column))
            : throw TableInput.Refused("table-cell-too-long", null, question.Id, ChecklistFile.TitleOf(column), TableLimits.Default.CellCharacters);
    })]);

    private LocalizedText NewestOf(ChecklistQuestion question, IReadOnlyDictionary<string, EvidenceManifest> newest) =>
        question.Evidence.Count == 0 ? Texts.Get("audit-file.no-evidence")
        : newest.TryGetValue(question.Evidence[0], out var item) ? Texts.Get("audit-file.newest", item.Title, office.DateAt(item.CreatedAt), item.Id)
        : LocalizedText.Same(question.Evidence[0]);

    private static CellStyle StyleOf(ChecklistColumn column) => ChecklistFile.Answers.Contains(column) ? CellStyle.Input : CellStyle.Text;

    private static IEnumerable<ChecklistColumn> ChoiceColumns() => Columns.Where(c => ChecklistFile.ChoicesOf(c).Count > 0);

    private static SheetChoice ChoiceOf(ChecklistColumn column, int list, string sheet, int questions)
    {
        var (cells, source) = (SheetNames.ColumnOf((int)column), SheetNames.ColumnOf(list));
        return new SheetChoice(
            string.Create(CultureInfo.InvariantCulture, $"{cells}{HeadRows + 1}:{cells}{questions + HeadRows}"),
            string.Create(CultureInfo.InvariantCulture, $"{SheetNames.Quoted(sheet)}!${source}$1:${source}${ChecklistFile.ChoicesOf(column).Count}"),
            IsRequired: false);
    }

    private Sheet ChoiceSheet(string name)
    {
        var lists = ChoiceColumns().Select(ChecklistFile.ChoicesOf).ToList();
        return new Sheet
        {
            Name = name,
            Widths = [.. lists.Select(_ => 24.0)],
            Rows = [.. Enumerable.Range(0, lists.Max(l => l.Count)).Select(row => new SheetRow([.. lists.Select(l => new SheetCell(row < l.Count ? l[row].In(culture) : "", CellStyle.Plain))]))],
            IsHidden = true,
        };
    }

    private Sheet AboutSheet(string name, string foot) => new()
    {
        Name = name,
        Widths = [100],
        Rows =
        [
            new SheetRow([new SheetCell(Texts.Get("audit-file.title").In(culture), CellStyle.Title)]),
            new SheetRow([new SheetCell(foot, CellStyle.Muted)]),
            .. Enumerable.Range(1, Advice).Select(n => new SheetRow([new SheetCell("• " + Texts.Get($"audit-file.how.{n}").In(culture), CellStyle.Fact)])),
        ],
        Print = new SheetPrint { Foot = foot },
    };
}
