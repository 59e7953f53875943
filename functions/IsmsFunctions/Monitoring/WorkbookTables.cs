using System.Globalization;
using Isms.Documents;
using Isms.Monitoring;
using Isms.Text;

namespace IsmsFunctions.Monitoring;

/// <summary>Parts that the collectors' workbooks have in common.</summary>
internal static class WorkbookTables
{
    private static readonly HashSet<string> Keys = [.. Texts.Keys];

    /// <summary>The exceptions as a table.</summary>
    public static IEnumerable<Block> Exceptions(IReadOnlyList<Finding> findings, TimeZoneInfo zone, int most)
    {
        yield return new Heading(Texts.Get("workbook.exceptions"));
        if (findings.Count == 0)
        {
            yield return new Paragraph(Texts.Get("workbook.no-exceptions"));
            yield break;
        }

        if (findings.Count > most)
        {
            yield return new Paragraph(Texts.Get("workbook.more-in", findings.Count - most, "exceptions.csv"));
        }

        yield return new Table(
            [
                new Column(Texts.Get("workbook.exception"), 26), new Column(Texts.Get("workbook.subject"), 26), new Column(Texts.Get("workbook.detail"), 24),
                new Column(Texts.Get("workbook.count"), 6), new Column(Texts.Get("workbook.first"), 9), new Column(Texts.Get("workbook.last"), 9),
            ],
            [
                .. findings.Take(most).Select(IReadOnlyList<LocalizedText> (f) =>
                [
                    Texts.Get("finding." + f.Code), Same(f.SubjectName.Length > 0 ? f.SubjectName : f.SubjectId), Same(f.Detail), Same(f.Count.ToString(CultureInfo.InvariantCulture)),
                    Same(Moment(f.First, zone)), Same(Moment(f.Last, zone)),
                ]),
            ]);
    }

    /// <summary>The head of a column: the member's text if there is one, and else its name in the row.</summary>
    public static LocalizedText Column(string member) => Keys.Contains("column." + member) ? Texts.Get("column." + member) : Same(member);

    /// <summary>What is counted: its text if it is one of ours, and else as the service says it.</summary>
    public static LocalizedText Category(string name) => Keys.Contains("category." + name) ? Texts.Get("category." + name) : Same(name);

    /// <summary>What kind of holder a right has: its text if it is one of ours, and else as the service says it.</summary>
    public static LocalizedText Holder(string type) => Keys.Contains("holder." + type) ? Texts.Get("holder." + type) : Same(type);

    /// <summary>A text that is the same in both languages.</summary>
    public static LocalizedText Same(string text) => new(text, text);

    private static string Moment(DateTimeOffset? moment, TimeZoneInfo zone) =>
        moment is null ? "" : TimeZoneInfo.ConvertTime(moment.Value, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
