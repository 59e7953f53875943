using System.Text.RegularExpressions;
using Isms.Text;

namespace Isms.Tests.Text;

public sealed partial class TextsTests
{
    [Fact]
    public void Every_text_exists_in_Japanese_and_in_English()
    {
        Assert.NotEmpty(Texts.Keys);
        Assert.All(Texts.Keys, key =>
        {
            var text = Texts.Get(key);
            Assert.False(string.IsNullOrWhiteSpace(text.Ja), key);
            Assert.False(string.IsNullOrWhiteSpace(text.En), key);
        });
    }

    [Fact]
    public void Both_languages_use_the_same_arguments_or_leave_one_out_on_purpose()
    {
        Assert.All(Texts.Keys, key =>
        {
            var text = Texts.Get(key);
            Assert.True(Arguments(text.Ja).SetEquals(Arguments(text.En)), $"{key}: {text.Ja} / {text.En}");
        });
    }

    [Fact]
    public void Every_title_has_a_remedy_and_every_remedy_a_title()
    {
        var titles = Texts.Keys.Where(k => k.EndsWith(".title", StringComparison.Ordinal)).Select(k => k[..^".title".Length]).ToHashSet();
        var remedies = Texts.Keys.Where(k => k.EndsWith(".remedy", StringComparison.Ordinal)).Select(k => k[..^".remedy".Length]).ToHashSet();
        Assert.Empty(remedies.Except(titles));
        Assert.Contains("changed-by-someone-else", titles.Intersect(remedies));
    }

    [Fact]
    public void Japanese_texts_contain_Japanese()
    {
        var worded = Texts.Keys.Where(key => ArgumentPattern().Replace(Texts.Get(key).En, "").Any(char.IsLetter)).ToList();
        Assert.NotEmpty(worded);
        Assert.All(worded.Where(key => !IsSignOrAbbreviation(Texts.Get(key).Ja)), key =>
            Assert.Matches(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]", Texts.Get(key).Ja));

        // Such as ○ for "yes" in a sheet, or ID.
        static bool IsSignOrAbbreviation(string text) => text.Length <= 3 && text.All(c => !char.IsLetter(c) || char.IsAsciiLetterUpper(c));
    }

    [Fact]
    public void A_localized_argument_is_taken_in_each_language()
    {
        var text = Texts.Get("body-malformed.title", new LocalizedText("氏名", "name"), "1:1");
        Assert.Contains("氏名", text.Ja, StringComparison.Ordinal);
        Assert.Contains("at name", text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_an_error_that_names_it()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Texts.Get("no.such.key"));
        Assert.Contains("no.such.key", error.Message, StringComparison.Ordinal);
    }

    private static HashSet<string> Arguments(string format) => [.. ArgumentPattern().Matches(format).Select(m => m.Value[1..].TrimEnd('}').Split(':')[0])];

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex ArgumentPattern();
}
