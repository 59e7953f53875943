using System.Text;
using System.Text.Json;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Tests.Monitoring;

public sealed class RowScannerTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":[{"b":[]},[]],"c":{}}""")]
    [InlineData("""{"a":"}]{[","b":1}""")]
    [InlineData("""{"a":"\"}","b":"\\","c":"\\\"}"}""")]
    public void A_row_ends_where_its_first_brace_is_closed_outside_of_strings(string row)
    {
        foreach (var behind in (string[])["", ",", "]}", """,{"id":"}"}]""", "\"\"\"", "\\\\\\"])
        {
            Assert.Equal(row.Length, RowScanner.LengthOf(Encoding.UTF8.GetBytes(row + behind)));
        }

        for (var length = 1; length < row.Length; length++)
        {
            Assert.Equal(-1, RowScanner.LengthOf(Encoding.UTF8.GetBytes(row[..length])));
        }
    }

    [Fact]
    public void A_row_of_any_shape_and_length_ends_where_the_reader_of_JSON_says()
    {
        var random = new Random(27001);
        for (var i = 0; i < 3_000; i++)
        {
            var row = Encoding.UTF8.GetBytes(Row(random, random.Next(1, 6)));
            var reader = new Utf8JsonReader([.. row, .. ",{\"next\":\"\\\"\"}"u8], new JsonReaderOptions { AllowMultipleValues = true });
            reader.Read();
            reader.Skip();
            var expected = (int)reader.BytesConsumed;
            Assert.Equal(row.Length, expected);
            Assert.Equal(expected, RowScanner.LengthOf([.. row, .. ",{\"next\":\"\\\"\"}"u8]));
            Assert.Equal(-1, RowScanner.LengthOf(row.AsSpan(0, random.Next(1, row.Length))));
        }
    }

    /// <summary>An object with strings of quotation marks, backslashes and brackets in any order, which lie across the blocks in any way.</summary>
    private static string Row(Random random, int depth)
    {
        var members = Enumerable.Range(0, random.Next(1, 5)).Select(i => $"{Text(random)}:{Value(random, depth - 1)}");
        return "{" + string.Join(random.Next(2) == 0 ? "," : " , ", members) + "}";
    }

    private static string Value(Random random, int depth) => (depth > 0 ? random.Next(4) : random.Next(2)) switch
    {
        0 => Text(random),
        1 => "-12.5e3",
        2 => Row(random, depth),
        _ => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1))) + "]",
    };

    private static string Text(Random random)
    {
        string[] pieces = ["\\\"", "\\\\", "\\n", "{", "}", "[", "]", "あ", "a", ":", ","];
        return "\"" + string.Concat(Enumerable.Range(0, random.Next(70)).Select(_ => pieces[random.Next(pieces.Length)])) + "\"";
    }
}
