using System.Text;
using Isms.Monitoring.Snapshots;

namespace Isms.Tests.Monitoring;

public sealed class RowTableTests
{
    [Theory]
    [InlineData("""{"targets":[{"name":"Sales","principal":null},{"name":"Sato","principal":"sato@example.jp"}]}""", "Sales, sato@example.jp")]
    [InlineData("""{"targets":[{"id":"1"},"none"]}""", "")]
    [InlineData("""{"targets":{"name":"Sales"}}""", "")]
    [InlineData("{}", "")]
    public void Of_each_part_of_a_list_the_first_member_with_a_text_is_shown(string row, string expected)
    {
        var table = new RowTable(["targets[].principal|name"], 10, TimeZoneInfo.Utc);

        table.Add(Encoding.UTF8.GetBytes(row));

        Assert.Equal(expected, table.Rows[0][0].Ja);
    }

    [Fact]
    public void Rows_beyond_the_limit_are_counted_only()
    {
        var table = new RowTable(["id"], 2, TimeZoneInfo.Utc);
        for (var number = 0; number < 5; number++)
        {
            table.Add(Encoding.UTF8.GetBytes($$"""{"id":"{{number}}"}"""));
        }

        Assert.Equal((5, "0", "1"), (table.Count, table.Rows[0][0].Ja, table.Rows[1][0].Ja));
        Assert.Equal(2, table.Rows.Count);
    }
}
