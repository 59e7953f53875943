using System.Globalization;
using System.Text.RegularExpressions;
using Isms.Catalogues;
using Isms.Organizations;
using Isms.Registers;
using Isms.Risks;
using Isms.Text;
using Isms.Year;

namespace Isms.Tests.Registers;

public sealed partial class SampleContentTests
{
    private static readonly CultureInfo Japanese = CultureInfo.GetCultureInfo("ja-JP");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly FiscalYear Year = new(2026, 4);
    private static readonly IRegisterRule[] Rules = [new AssetValueRule(), new ObjectiveRule(), new CourseRule(), new StatementOfApplicabilityRules(), new RiskRegisterRule()];

    private static readonly Organization Full = new()
    {
        Name = new("サンプル商事", "Sample Trading"),
        Departments =
        [
            Department("sales"), Department("engineering"), Department("administration"), Department("it"), Department("planning"),
        ],
        People =
        [
            .. new[] { "sales", "engineering", "administration", "it", "planning" }.Select(d => Person("lead-" + d, d, Role.DepartmentLead)),
            Person("sato", "planning", Role.TopManagement), Person("watanabe", "planning", Role.IsmsManager), Person("nakamura", "administration", Role.Secretariat),
            Person("kobayashi", "it", Role.PersonInCharge), Person("ito", "it", Role.SystemAdministrator),
        ],
    };

    private static readonly Organization Tiny = new()
    {
        Name = new("小さな会社", "Tiny"),
        Departments = [Department("all")],
        People = [Person("lead-all", "all", Role.IsmsManager, Role.DepartmentLead)],
    };

    public static TheoryData<bool, string> OrganizationsAndLanguages => new() { { true, "ja-JP" }, { true, "en-US" }, { false, "ja-JP" }, { false, "en-US" } };

    [Theory]
    [MemberData(nameof(OrganizationsAndLanguages))]
    public void The_content_obeys_definitions_rules_and_references(bool full, string culture)
    {
        var organization = full ? Full : Tiny;
        var content = SampleContent.For(organization, CultureInfo.GetCultureInfo(culture), Year);
        var lookup = new LookupOf(organization);
        var context = new RuleContext(lookup, organization, DateTimeOffset.UnixEpoch, "sato");
        foreach (var entry in content)
        {
            var definition = RegisterCatalogue.Find(entry.Register)!;
            var errors = RegisterRules.Check(definition, entry.Values, lookup)
                .Concat(Rules.Where(r => r.Register == entry.Register).SelectMany(r => r.Apply(null, entry.Values, context with { Id = entry.Id }).Errors));
            Assert.Empty(errors.Select(e => $"{entry.Register} {entry.Id} {e.Field}: {e.Title.En}"));
            Assert.DoesNotContain(entry.Values, v => definition.Find(v.Key)!.IsComputed);
            Assert.True(lookup.Entries.Add((entry.Register, entry.Id)), entry.Id);
        }
    }

    [Fact]
    public void There_is_enough_to_begin_with()
    {
        var counts = SampleContent.For(Full, Japanese, Year).GroupBy(e => e.Register).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(RegisterCatalogue.All, d => Assert.True(counts.ContainsKey(d.Name), d.Name));
        Assert.True(counts["assets"] >= 25);
        Assert.True(counts["risks"] >= 25);
        Assert.Equal(93, counts["controls"]);
        Assert.True(counts["objectives"] >= 8);
        Assert.True(counts["documents"] >= 20);
        Assert.True(counts["requirements"] >= 12);
        Assert.True(counts["interested-parties"] >= 8);
        Assert.True(counts["suppliers"] >= 8);
    }

    [Fact]
    public void Ids_are_those_that_the_registers_hand_out() => Assert.All(
        SampleContent.For(Full, Japanese, Year).GroupBy(e => e.Register),
        entries =>
        {
            var definition = RegisterCatalogue.Find(entries.Key)!;
            var expected = definition.HasFixedIds
                ? Standard.Controls.Select(c => c.Id)
                : Enumerable.Range(1, entries.Count()).Select(n => $"{definition.IdPrefix}-{n:0000}");
            Assert.Equal(expected, entries.Select(e => e.Id));
        });

    [Fact]
    public void Both_languages_say_the_same_about_everything_that_is_not_text()
    {
        var (ja, en) = (SampleContent.For(Full, Japanese, Year), SampleContent.For(Full, English, Year));
        Assert.Equal(ja.Select(e => (e.Register, e.Id)), en.Select(e => (e.Register, e.Id)));
        Assert.All(ja.Zip(en), pair =>
        {
            Assert.Equal(pair.First.Values.Keys, pair.Second.Values.Keys);
            Assert.All(pair.First.Values, v => Assert.True(
                RegisterCatalogue.Find(pair.First.Register)!.Find(v.Key)!.Type is FieldType.Text or FieldType.LongText || v.Value == pair.Second.Values[v.Key],
                $"{pair.First.Id} {v.Key}"));
        });
    }

    [Fact]
    public void English_content_has_no_japanese_left_in_it() => Assert.All(
        SampleContent.For(Full, English, Year),
        e => Assert.Empty(e.Values.Where(v => Kana().IsMatch(v.Value)).Select(v => $"{e.Id} {v.Key}: {v.Value}")));

    [Fact]
    public void No_placeholder_is_left() => Assert.All(
        SampleContent.For(Tiny, Japanese, Year), e => Assert.DoesNotContain(e.Values.Values, v => v.Contains('@', StringComparison.Ordinal)));

    [Fact]
    public void Dates_follow_the_fiscal_year()
    {
        var plan = SampleContent.For(Full, Japanese, new FiscalYear(2027, 10)).Single(e => e is { Register: "treatments", Id: "T-0001" });
        Assert.Equal(("2027-10-15", "2028-03-30"), (plan.Values["startDate"], plan.Values["dueDate"]));
        Assert.Equal("FY2027", SampleContent.For(Full, Japanese, new FiscalYear(2027, 10)).First(e => e.Register == "objectives").Values["fiscalYear"]);
    }

    [Fact]
    public void Every_risk_is_treated_and_what_is_reduced_has_controls_that_apply()
    {
        var content = SampleContent.For(Full, Japanese, Year);
        var excluded = content.Where(e => e.Register == "controls" && e.Values["applicable"] == "false").Select(e => e.Id).ToHashSet();
        Assert.Equal(["7.6", "8.30"], excluded.Order());
        Assert.All(content.Where(e => e.Register == "risks"), risk =>
        {
            Assert.NotEmpty(RegisterRules.Items(risk.Values["assets"]));
            Assert.NotEmpty(risk.Values["treatment"]);
            Assert.DoesNotContain(RegisterRules.Items(risk.Values["controls"]), excluded.Contains);
        });
        Assert.Contains(content, e => e.Register == "risks" && e.Values["treatment"] == "retain");
    }

    [Fact]
    public void The_statement_of_applicability_has_no_gap_but_evidence()
    {
        var entries = SampleContent.For(Full, Japanese, Year).Where(e => e.Register == "controls").Select(e => new RegisterEntry
        {
            Id = e.Id,
            Revision = 1,
            Values = e.Values,
            ChangedAt = DateTimeOffset.UnixEpoch,
            ChangedBy = "sato",
        });
        Assert.All(StatementOfApplicability.Of(entries, new NewestEvidence()), row => Assert.Empty(row.Gaps.Except([StatementGap.NoEvidence])));
    }

    private static Department Department(string id) => new(id, LocalizedText.Same(id), "lead-" + id);

    private static Person Person(string id, string department, params Role[] roles) => new(id, LocalizedText.Same(id), id + "@example.co.jp", department, roles);

    [GeneratedRegex(@"[\u3040-\u30ff\u4e00-\u9fff]")]
    private static partial Regex Kana();

    private sealed class LookupOf(Organization organization) : IRegisterLookup
    {
        public HashSet<(string, string)> Entries { get; } = [];

        public bool HasPerson(string id) => organization.FindPerson(id) is not null;

        public bool HasDepartment(string id) => organization.FindDepartment(id) is not null;

        public bool HasSite(string id) => false;

        public bool HasEntry(string register, string id) => Entries.Contains((register, id));

        public RegisterEntry? FindEntry(string register, string id) => null;

        public bool HasEvidence(string id) => false;
    }
}
