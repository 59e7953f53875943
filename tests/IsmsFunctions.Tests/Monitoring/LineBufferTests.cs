using System.Text;
using IsmsFunctions.Monitoring;

namespace IsmsFunctions.Tests.Monitoring;

public sealed class LineBufferTests
{
    [Fact]
    public void Rows_of_any_length_come_out_as_lines_in_their_order()
    {
        using var lines = new LineBuffer();
        var expected = new StringBuilder();
        var lengths = new Random(27001);
        for (var number = 0; number < 400; number++)
        {
            // Now and then one that is longer than a piece, and some that fill a piece to the byte.
            var length = number % 97 == 96 ? 70_000 : number % 31 == 30 ? 65_535 : lengths.Next(0, 3_000);
            var row = $"{{\"n\":{number},\"x\":\"{new string((char)('a' + (number % 26)), length)}\"}}";
            lines.Add(Encoding.UTF8.GetBytes(row));
            expected.Append(row).Append('\n');
        }

        Assert.Equal(expected.Length, lines.Length);
        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(lines.ToArray()));
    }

    [Fact]
    public void A_line_break_inside_a_row_becomes_a_space()
    {
        using var lines = new LineBuffer();

        lines.Add("{\r\n\"id\":\"a\"\n}"u8);

        Assert.Equal("{  \"id\":\"a\" }\n", Encoding.UTF8.GetString(lines.ToArray()));
    }

    [Fact]
    public void What_was_cleared_does_not_come_again()
    {
        using var lines = new LineBuffer();
        for (var number = 0; number < 100; number++)
        {
            lines.Add(new byte[2_000]);
        }

        lines.Clear();
        lines.Add("{}"u8);

        Assert.Equal("{}\n"u8.ToArray(), lines.ToArray());
        Assert.Equal(3, lines.Length);
    }
}
