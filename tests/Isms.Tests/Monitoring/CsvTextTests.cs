using System.Text;
using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+81 3", "'+81 3")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("佐藤 誠", "佐藤 誠")]
    [InlineData(null, "")]
    public void A_field_is_quoted_where_needed_and_never_a_formula(string? value, string expected) =>
        Assert.Equal(expected + "\r\n", Encoding.UTF8.GetString(new CsvText().Line(value).ToBytes()[3..]));

    [Fact]
    public void The_file_begins_with_a_byte_order_mark_so_that_spreadsheets_read_Japanese() =>
        Assert.Equal([0xEF, 0xBB, 0xBF], new CsvText().Line("表").ToBytes()[..3]);
}
