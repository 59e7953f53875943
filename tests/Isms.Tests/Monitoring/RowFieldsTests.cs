using System.Text;
using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class RowFieldsTests
{
    [Theory]
    [InlineData("""{"id":"66ea54eb-6301-4ee5-be62-ff5a759b0100","a":1}""", """{"a":2,"id":"66ea54eb-6301-4ee5-be62-ff5a759b0100"}""", true)]
    [InlineData("""{"id":"no-guid"}""", """{"x":{"id":"other"},"id":"no-guid"}""", true)]
    [InlineData("""{"id":"66ea54eb-6301-4ee5-be62-ff5a759b0100"}""", """{"id":"66ea54eb-6301-4ee5-be62-ff5a759b0101"}""", false)]
    [InlineData("""{"id":"a"}""", """{"id":"A"}""", false)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"id":null,"a":1}""", """{"id":null,"a":2}""", false)]
    public void Rows_are_the_same_thing_when_their_ids_are(string one, string other, bool same) =>
        Assert.Equal(same, RowFields.IdentityOf(Encoding.UTF8.GetBytes(one)) == RowFields.IdentityOf(Encoding.UTF8.GetBytes(other)));

    [Theory]
    [InlineData("""{"createdDateTime":"2026-04-01T00:00:00.1234567Z"}""", "2026-04-01T00:00:00.1234567Z")]
    [InlineData("""{"nested":{"createdDateTime":"2020-01-01T00:00:00Z"},"createdDateTime":"2026-04-01T09:00:00+09:00"}""", "2026-04-01T00:00:00Z")]
    [InlineData("""{"createdDateTime":"Boolean"}""", null)]
    [InlineData("""{"createdDateTime":null}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""[]""", null)]
    public void A_time_is_read_from_the_top_of_the_row_or_not_at_all(string row, string? time)
    {
        var expected = time is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, RowFields.TimeOf(Encoding.UTF8.GetBytes(row), "createdDateTime"u8));
    }
}
