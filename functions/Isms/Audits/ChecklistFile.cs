using System.Text;
using Isms.Text;

namespace Isms.Audits;

/// <summary>A column of a checklist as a file that auditors take along.</summary>
public enum ChecklistColumn
{
    /// <summary>Audit and question, hidden: <c>audit-FY2026-01/q-001</c>.</summary>
    Key,

    /// <summary>The version of the answer that the file shows, hidden; 0 where there was none.</summary>
    Version,

    /// <summary>The question's number.</summary>
    Number,

    /// <summary>The clause or control.</summary>
    Demand,

    /// <summary>The department.</summary>
    Department,

    /// <summary>The question.</summary>
    Question,

    /// <summary>How to find out.</summary>
    Method,

    /// <summary>What evidence to ask for.</summary>
    AskFor,

    /// <summary>The newest evidence there is.</summary>
    Newest,

    /// <summary>The answer.</summary>
    Result,

    /// <summary>What was seen and heard.</summary>
    Note,

    /// <summary>Whom was spoken to.</summary>
    Interviewee,

    /// <summary>Ids of evidence that was looked at.</summary>
    Evidence,

    /// <summary>For a nonconformity: what is demanded.</summary>
    Requirement,

    /// <summary>For a nonconformity: what was found instead.</summary>
    Fact,

    /// <summary>How soon something has to be done.</summary>
    Urgency,

    /// <summary>Whether the report names it as a good example.</summary>
    GoodPoint,
}

/// <summary>A row of a checklist that came back.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Cells">Its cells by column; a column that the file does not have is absent.</param>
public sealed record ReturnedRow(int Number, IReadOnlyDictionary<ChecklistColumn, string> Cells);

/// <summary>How answers stand in a checklist's file, and how they are read from it.</summary>
public static class ChecklistFile
{
    private static readonly char[] Separators = ['\n', '\r', '\t', ' ', ',', ';', '\u3001', '\uFF0C', '\uFF1B', '\u3000'];

    /// <summary>The columns in which auditors write.</summary>
    public static IReadOnlyList<ChecklistColumn> Answers { get; } =
        [.. Enum.GetValues<ChecklistColumn>().Where(c => c >= ChecklistColumn.Result)];

    /// <summary>A column's name in the hidden first row: nothing depends on what the heads say.</summary>
    public static string NameOf(ChecklistColumn column) => char.ToLowerInvariant(column.ToString()[0]) + column.ToString()[1..];

    /// <summary>A column's head.</summary>
    public static LocalizedText TitleOf(ChecklistColumn column) => Texts.Get("audit-file.column." + column);

    /// <summary>What a row is recognised by.</summary>
    public static string KeyOf(string auditId, string question) => $"{auditId}/{question}";

    /// <summary>An answer's cell in one of the <see cref="Answers"/> columns.</summary>
    public static LocalizedText CellOf(ChecklistColumn column, AnswerDraft? answer) => column switch
    {
        _ when answer is null => LocalizedText.Same(""),
        ChecklistColumn.Result => Texts.Get("audit.result." + answer.Result),
        ChecklistColumn.Note => LocalizedText.Same(answer.Note ?? ""),
        ChecklistColumn.Interviewee => LocalizedText.Same(answer.Interviewee ?? ""),
        ChecklistColumn.Evidence => LocalizedText.Same(string.Join('\n', answer.Evidence ?? [])),
        ChecklistColumn.Requirement => LocalizedText.Same(answer.Requirement ?? ""),
        ChecklistColumn.Fact => LocalizedText.Same(answer.Fact ?? ""),
        ChecklistColumn.Urgency => answer.Urgency is { } urgency ? Texts.Get("audit.urgency." + urgency) : LocalizedText.Same(""),
        ChecklistColumn.GoodPoint => answer.GoodPoint ? Texts.Get("audit-file.good-point") : LocalizedText.Same(""),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "No answer stands in this column."),
    };

    /// <summary>What may be chosen in a column; empty where anything may be written.</summary>
    public static IReadOnlyList<LocalizedText> ChoicesOf(ChecklistColumn column) => column switch
    {
        ChecklistColumn.Result => [.. Enum.GetValues<AnswerResult>().Select(r => Texts.Get("audit.result." + r))],
        ChecklistColumn.Urgency => [.. Enum.GetValues<Urgency>().Select(u => Texts.Get("audit.urgency." + u))],
        ChecklistColumn.GoodPoint => [Texts.Get("audit-file.good-point")],
        _ => [],
    };

    /// <summary>The result that a cell names in either language; null when it names none.</summary>
    public static AnswerResult? ResultOf(string cell) => Named<AnswerResult>(cell, "audit.result.");

    /// <summary>The urgency that a cell names in either language; null when it names none.</summary>
    public static Urgency? UrgencyOf(string cell) => Named<Urgency>(cell, "audit.urgency.");

    /// <summary>Whether a cell marks a good point: anything but a no does.</summary>
    public static bool IsMarked(string cell) => Plain(cell) is not ("" or "false" or "no" or "0" or "-" or "いいえ" or "×");

    /// <summary>The ids that a cell lists.</summary>
    public static IReadOnlyList<string> IdsOf(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return [.. cell.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A text as spreadsheets may leave it: other line ends, spaces at its ends. Null when nothing is left.</summary>
    public static string? TextOf(string? cell)
    {
        var text = cell?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static T? Named<T>(string cell, string texts)
        where T : struct, Enum
    {
        var plain = Plain(cell);
        return Enum.GetValues<T>().Select(v => (T?)v).FirstOrDefault(v =>
            Texts.Get(texts + v) is var name && (plain == Plain(name.Ja) || plain == Plain(name.En) || plain == Plain(v!.Value.ToString())));
    }

    /// <summary>Full-width or not, large or small: people and input methods differ.</summary>
    private static string Plain(string cell)
    {
        try
        {
            return cell.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair is no name of ours.
            return cell;
        }
    }
}
