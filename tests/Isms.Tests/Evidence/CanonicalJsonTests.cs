using System.Text;
using System.Text.Json;
using Isms.Evidence;

namespace Isms.Tests.Evidence;

public sealed class CanonicalJsonTests
{
    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void The_example_of_the_rfc_comes_out_as_printed_there()
    {
        const string Input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;

        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""", Canonical(Input));
    }

    [Fact]
    public void Members_are_ordered_by_utf16_code_units()
    {
        const string Input = """{"\u20ac":"Euro","\r":"CR","\ufb33":"Dalet","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"o"}""";

        using var sorted = JsonDocument.Parse(Canonical(Input));

        Assert.Equal(["CR", "One", "Control", "o", "Euro", "Emoji", "Dalet"], sorted.RootElement.EnumerateObject().Select(m => m.Value.GetString()!));
    }

    [Theory]
    [InlineData(0x0000000000000000UL, "0")]
    [InlineData(0x8000000000000000UL, "0")]
    [InlineData(0x0000000000000001UL, "5e-324")]
    [InlineData(0x8000000000000001UL, "-5e-324")]
    [InlineData(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffffUL, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000UL, "9007199254740992")]
    [InlineData(0xc340000000000000UL, "-9007199254740992")]
    [InlineData(0x4430000000000000UL, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6UL, "1e+23")]
    [InlineData(0x44b52d02c7e14af7UL, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4fUL, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50UL, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [InlineData(0x41b3de4355555553UL, "333333333.3333332")]
    [InlineData(0x41b3de4355555554UL, "333333333.33333325")]
    [InlineData(0x41b3de4355555555UL, "333333333.3333333")]
    [InlineData(0x41b3de4355555556UL, "333333333.3333334")]
    [InlineData(0x41b3de4355555557UL, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959UL, "1424953923781206.2")]
    public void Numbers_of_the_rfcs_appendix_are_written_as_there(ulong bits, string expected) =>
        Assert.Equal(expected, CanonicalJson.Number(BitConverter.UInt64BitsToDouble(bits)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Numbers_that_json_does_not_know_are_refused(double value) => Assert.Throws<JsonException>(() => CanonicalJson.Number(value));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"b":1,"\u0062":2}}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("1e400")]
    [InlineData("{}{}")]
    [InlineData("{'a':1}")]
    [InlineData("")]
    public void What_is_not_i_json_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Canonical(json));

    [Fact]
    public void Every_control_character_is_escaped_the_short_way_where_there_is_one()
    {
        var input = JsonSerializer.Serialize(string.Concat(Enumerable.Range(0, 32).Select(c => (char)c)));

        Assert.Equal(
            "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014"
            + "\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\"",
            Canonical(input));
    }

    [Fact]
    public void Everything_else_stands_as_it_is()
    {
        Assert.Equal("\"\u007f\u2028</&'アクセス権😀\"", Canonical("\"\\u007f\\u2028\\u003c\\/&'\\u30a2クセス権\\ud83d\\ude00\""));
    }

    [Fact]
    public void Canonical_form_is_a_fixed_point_and_keeps_every_double()
    {
        var random = new Random(20260401);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value))
            {
                continue;
            }

            var text = CanonicalJson.Number(value);
            Assert.Equal(value, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(text, Canonical(text));
        }
    }

    [Fact]
    public void The_order_of_members_as_written_makes_no_difference()
    {
        Assert.Equal(Canonical("""{"b":[1,{"y":2,"x":1}],"a":null}"""), Canonical("""{ "a" : null, "b" : [ 1.0, { "x":1e0, "y":2 } ] }"""));
    }
}
