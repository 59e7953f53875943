using Isms.Registers;
using Isms.Text;

namespace Isms.Tests.Registers;

public sealed class CanonicalValueTests
{
    [Theory]
    [InlineData(FieldType.Text, "  資産台帳 　", "資産台帳")]
    [InlineData(FieldType.LongText, "a\r\nb\rc\u000bd\u2028e", "a\nb\nc\nd\ne")]
    [InlineData(FieldType.Text, "か\u3099", "が")]
    [InlineData(FieldType.Text, "=1+1", "=1+1")]
    [InlineData(FieldType.Integer, "１２", "12")]
    [InlineData(FieldType.Integer, "+1,234", "1234")]
    [InlineData(FieldType.Integer, "1E+3", "1000")]
    [InlineData(FieldType.Integer, "007", "7")]
    [InlineData(FieldType.Number, "-0.00", "0")]
    [InlineData(FieldType.Number, "12.50", "12.5")]
    [InlineData(FieldType.Number, "−3.0", "-3")]
    [InlineData(FieldType.Date, "2026/4/1", "2026-04-01")]
    [InlineData(FieldType.Date, "２０２６年４月１日", "2026-04-01")]
    [InlineData(FieldType.Boolean, "はい", "true")]
    [InlineData(FieldType.Boolean, "FALSE", "false")]
    [InlineData(FieldType.Choice, "低減", "reduce")]
    [InlineData(FieldType.Choice, "Reduce risk", "reduce")]
    [InlineData(FieldType.Control, "A.5.9", "5.9")]
    [InlineData(FieldType.Person, " yamada ", "yamada")]
    public void A_value_has_one_canonical_form(FieldType type, string raw, string canonical)
    {
        var field = Field(type);

        Assert.Equal(canonical, RegisterRules.Canonical(field, raw, out var error));
        Assert.Null(error);
        Assert.Equal(canonical, RegisterRules.Canonical(field, canonical, out _));
    }

    [Theory]
    [InlineData(FieldType.Integer, "1.5", "value-not-integer")]
    [InlineData(FieldType.Integer, "1,2", "value-not-integer")]
    [InlineData(FieldType.Number, "NaN", "value-not-number")]
    [InlineData(FieldType.Number, "12345678901234567890123456789", "value-not-number")]
    [InlineData(FieldType.Date, "2026-02-29", "value-not-date")]
    [InlineData(FieldType.Date, "4/1/2026", "value-not-date")]
    [InlineData(FieldType.Boolean, "maybe", "value-not-boolean")]
    [InlineData(FieldType.Choice, "ignore", "value-not-a-choice")]
    [InlineData(FieldType.Person, "yama da", "value-not-an-id")]
    [InlineData(FieldType.Text, "a\u0001b", "value-has-control-characters")]
    public void A_value_that_has_none_is_refused_with_what_to_do(FieldType type, string raw, string code)
    {
        Assert.Equal("", RegisterRules.Canonical(Field(type), raw, out var error));
        Assert.Equal(code, error!.Code);
        Assert.NotEmpty(error.Remedy.Ja);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        Assert.Equal("", RegisterRules.Canonical(Field(FieldType.Text), "a" + (char)0xD800 + "b", out var error));
        Assert.Equal("value-not-text", error!.Code);
    }

    [Fact]
    public void A_list_is_in_the_order_of_the_standard_without_repetitions()
    {
        var controls = Field(FieldType.Control) with { IsList = true };

        Assert.Equal("5.9; 5.10; 8.1", RegisterRules.Canonical(controls, "8.1；A.5.10;5.9 \n 8.1", out _));
    }

    [Fact]
    public void Ids_are_ordered_as_people_count()
    {
        var references = Field(FieldType.Reference) with { IsList = true, References = "assets" };

        Assert.Equal("A-0002; A-9999; A-10000", RegisterRules.Canonical(references, "A-10000;A-9999;A-0002", out _));
    }

    [Fact]
    public void A_number_outside_of_its_range_is_refused()
    {
        RegisterRules.Canonical(Field(FieldType.Integer) with { Min = 1, Max = 5 }, "6", out var error);

        Assert.Equal("value-out-of-range", error!.Code);
        Assert.Contains("from 1 to 5", error.Remedy.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_register_definition_there_is_can_be_loaded() => Assert.NotEmpty(RegisterCatalogue.All);

    private static FieldDefinition Field(FieldType type) => new()
    {
        Name = "value",
        Title = LocalizedText.Same("value"),
        Type = type,
        Choices = type == FieldType.Choice ? [new FieldChoice("reduce", new LocalizedText("低減", "Reduce risk"))] : [],
    };
}
