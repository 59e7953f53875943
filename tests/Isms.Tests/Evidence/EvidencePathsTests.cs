using Isms.Evidence;

namespace Isms.Tests.Evidence;

public sealed class EvidencePathsTests
{
    [Fact]
    public void Every_type_has_a_name_that_leads_back_to_it() =>
        Assert.All(Enum.GetValues<EvidenceType>(), t => Assert.Equal(t, EvidencePaths.TypeOf(EvidencePaths.NameOf(t))));

    [Theory]
    [InlineData("記録.xlsx", "記録.xlsx")]
    [InlineData("C:\\Users\\x\\記録.xlsx", "記録.xlsx")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a<b>:c?.txt", "a_b__c_.txt")]
    [InlineData("..", "file")]
    [InlineData("manifest.json", "file.json")]
    [InlineData("\u202Etxt.exe", "_txt.exe")]
    public void A_name_as_given_becomes_a_path_that_harms_nobody(string given, string path)
    {
        Assert.Equal(path, EvidencePaths.SafeName(given));
        Assert.True(EvidencePaths.IsFilePath(path));
    }

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = EvidencePaths.SafeName(new string('長', 300) + ".pdf");
        Assert.Equal(120, name.Length);
        Assert.EndsWith(".pdf", name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.1", "5.1")]
    [InlineData("A.5.37", "5.37")]
    [InlineData("a.8.34", "8.34")]
    [InlineData("5.38", null)]
    [InlineData("6.9", null)]
    [InlineData("7.15", null)]
    [InlineData("8.35", null)]
    [InlineData("5.0", null)]
    [InlineData("5.01", null)]
    [InlineData("5", null)]
    [InlineData("A.5.1.1", null)]
    [InlineData("", null)]
    public void Controls_are_those_of_the_2022_edition(string text, string? control) => Assert.Equal(control, AnnexA.ControlOf(text));

    [Theory]
    [InlineData("4", true)]
    [InlineData("9.2", true)]
    [InlineData("6.1.3", true)]
    [InlineData("6.1.3 d", true)]
    [InlineData("10.2", true)]
    [InlineData("3.1", false)]
    [InlineData("11.1", false)]
    [InlineData("9.", false)]
    [InlineData("9.2.1.1", false)]
    [InlineData("09.2", false)]
    [InlineData("", false)]
    public void Clauses_are_those_that_can_be_audited(string text, bool isClause) => Assert.Equal(isClause, AnnexA.IsClause(text));
}
