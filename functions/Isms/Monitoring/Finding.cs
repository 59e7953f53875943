using System.Globalization;
using Isms.Text;

namespace Isms.Monitoring;

/// <summary>Something that exceeds the organisation's own policy. It is a reason to look, never a verdict.</summary>
/// <param name="Code">What kind, in kebab case; its text is <c>finding.{code}</c>.</param>
/// <param name="SubjectId">The account, application or role.</param>
/// <param name="SubjectName">Its name.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Count">How often.</param>
/// <param name="First">When first, for logs.</param>
/// <param name="Last">When last, for logs.</param>
public sealed record Finding(
    string Code, string SubjectId, string SubjectName, string Detail, long Count = 1, DateTimeOffset? First = null, DateTimeOffset? Last = null)
{
    /// <summary>In an order that does not depend on the order of the input.</summary>
    public static IReadOnlyList<Finding> Ordered(IEnumerable<Finding> findings) =>
        [.. findings.OrderBy(f => f.Code, StringComparer.Ordinal).ThenBy(f => f.SubjectId, StringComparer.Ordinal).ThenBy(f => f.Detail, StringComparer.Ordinal)];

    /// <summary>The file <c>exceptions.csv</c>.</summary>
    public static byte[] ToCsv(IEnumerable<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var csv = new CsvText().Line("コード / code", "内容", "finding", "対象ID / id", "対象 / name", "詳細 / detail", "件数 / count", "最初 (UTC) / first", "最後 (UTC) / last");
        foreach (var f in findings)
        {
            var text = Texts.Get("finding." + f.Code);
            csv.Line(f.Code, text.Ja, text.En, f.SubjectId, f.SubjectName, f.Detail, f.Count.ToString(CultureInfo.InvariantCulture), Moment(f.First), Moment(f.Last));
        }

        return csv.ToBytes();
    }

    private static string Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
