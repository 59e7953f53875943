using Isms.Registers;

namespace Isms.Tests.Registers;

public sealed class RegisterDecisionTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void New_entries_get_the_ids_after_those_that_ever_were_and_those_that_come_along()
    {
        var book = Book(Create("T-0007"));
        book = After(book, new ProposedChange("things", "T-0007", RegisterChangeKind.Deleted, Nothing));

        var decision = RegisterDraws.Decide(book, [Create(null), Create("T-0012"), Create(null)]);

        Assert.Equal(["T-0013", "T-0012", "T-0014"], decision.Changes.Select(c => c.Id));
    }

    [Theory]
    [InlineData("A-0001")]
    [InlineData("T-1")]
    [InlineData("T-00001")]
    [InlineData("T-x")]
    public void An_id_of_another_form_is_refused(string id) => Assert.Equal("id-not-of-register", ErrorOf(RegisterBook.Empty, Create(id)).Code);

    [Fact]
    public void An_entry_that_exists_is_not_created_again_even_if_it_is_deleted()
    {
        var book = Book(Create("T-0001"));
        Assert.Equal(RegisterDecisions.Exists, ErrorOf(book, Create("T-0001")).Code);
        book = After(book, new ProposedChange("things", "T-0001", RegisterChangeKind.Deleted, Nothing));
        Assert.Equal(RegisterDecisions.Exists, ErrorOf(book, Create("T-0001")).Code);
        Assert.Equal(RegisterDecisions.Unknown, ErrorOf(book, new ProposedChange("things", "T-0001", RegisterChangeKind.Changed, Nothing)).Code);
    }

    [Fact]
    public void A_change_based_on_an_older_revision_is_refused_naming_who_was_faster()
    {
        var book = Book(Create("T-0001"));
        book = After(book, Change("T-0001", 1, ("name", "b")));

        var error = ErrorOf(book, Change("T-0001", 1, ("name", "c")));

        Assert.Equal(RegisterDecisions.Outdated, error.Code);
        Assert.Contains("revision is 2", error.Title.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_changes_nothing_is_no_change()
    {
        var book = Book(Create("T-0001", ("name", "a")));
        Assert.Empty(RegisterDraws.Decide(book, [Change("T-0001", 1, ("name", "a"))]).Changes);
    }

    [Fact]
    public void A_value_that_must_be_unique_is_held_by_one_entry_whatever_its_case()
    {
        var book = Book(Create("T-0001", ("code", "abc")));
        var error = ErrorOf(book, Create(null, ("code", "ABC")));
        Assert.Equal(("value-not-unique", "T-0002"), (error.Code, error.Id));
        Assert.Contains("T-0001", error.Title.En, StringComparison.Ordinal);

        // Two entries may exchange their values in one import.
        book = After(book, Create(null, ("code", "def")));
        Assert.Empty(RegisterDraws.Decide(book, [Change("T-0001", 1, ("code", "def")), Change("T-0002", 1, ("code", "abc"))]).Errors);
    }

    [Fact]
    public void An_entry_that_is_referred_to_is_deleted_only_together_with_or_after_what_refers_to_it()
    {
        var book = Book(Create("T-0001"), Create("T-0002", ("parts", "T-0001")));
        var delete1 = new ProposedChange("things", "T-0001", RegisterChangeKind.Deleted, Nothing);
        var delete2 = new ProposedChange("things", "T-0002", RegisterChangeKind.Deleted, Nothing);

        var error = ErrorOf(book, delete1);
        Assert.Equal(RegisterDecisions.InUse, error.Code);
        Assert.Contains("things/T-0002", error.Title.En, StringComparison.Ordinal);
        Assert.Empty(RegisterDraws.Decide(book, [delete1, delete2]).Errors);
        Assert.Empty(RegisterDraws.Decide(book, [delete1, Change("T-0002", 1)]).Errors);

        book = After(After(book, delete2), delete1);
        Assert.Equal("value-refers-to-nothing", ErrorOf(book, new ProposedChange("things", "T-0002", RegisterChangeKind.Restored, Nothing)).Code);
        Assert.Equal("value-refers-to-nothing", ErrorOf(book, Create(null, ("parts", "T-0001"))).Code);
    }

    [Fact]
    public void Entries_of_one_import_may_refer_to_each_other() =>
        Assert.Empty(RegisterDraws.Decide(RegisterBook.Empty, [Create("T-0001", ("parts", "T-0002")), Create("T-0002", ("parts", "T-0001"))]).Errors);

    [Fact]
    public void A_starter_entry_is_one_until_somebody_changes_it()
    {
        var created = RegisterDraws.Decide(RegisterBook.Empty, [Create("T-0001", ("name", "a"))]).Changes;
        var book = RegisterBook.Empty.Apply(RegisterDraws.CommitOf(RegisterBook.Empty, created, RegisterChange.Sample));
        Assert.True(book.Find("things", "T-0001")!.IsSample);
        book = After(book, Change("T-0001", 1, ("name", "b")));
        Assert.False(book.Find("things", "T-0001")!.IsSample);
    }

    [Fact]
    public void A_file_may_repeat_computed_values_but_not_change_them()
    {
        Assert.Empty(ImportWithComputed("2").Errors);
        Assert.Empty(ImportWithComputed("").Errors);
        var error = Assert.Single(ImportWithComputed("5").Errors);
        Assert.Equal(("computed-field-changed", "twice", 2), (error.Code, error.Field, error.Row));
    }

    [Fact]
    public void Rows_are_refused_each_with_its_number()
    {
        var book = Book(Create("T-0001", ("name", "a")));
        var table = new TableText(["id", "name", "count", "parts"],
        [
            new TableRow(2, ["T-0001", "a", "x", ""]),
            new TableRow(3, ["T-0001", "b", "", ""]),
            new TableRow(5, ["", "c", "1", "T-0099"]),
            new TableRow(6, ["Z-1", "d", "", ""]),
            new TableRow(7, ["", "e", "", "", "surplus"]),
            new TableRow(8, ["", " ", "", ""]),
        ]);

        var plan = Plan(book, RegisterDraws.Things, table, ImportMode.Replace);

        Assert.Empty(plan.Changes);
        Assert.Equal(
            [(2, "value-not-integer"), (3, "row-twice"), (6, "id-not-of-register"), (7, "cell-without-column")],
            plan.Errors.Select(e => (e.Row ?? 0, e.Code)));
        Assert.Equal([(5, "value-refers-to-nothing")], Plan(book, RegisterDraws.Things, table with { Rows = [table.Rows[2]] }, ImportMode.Merge).Errors.Select(e => (e.Row ?? 0, e.Code)));
    }

    [Fact]
    public void Columns_that_make_no_sense_stop_the_reading()
    {
        var table = new TableText(["id", "name", "name", "nonsense"], [new TableRow(2, ["", "a", "b", "c"])]);
        Assert.Equal(["column-twice", "column-unknown"], Plan(RegisterBook.Empty, RegisterDraws.Things, table, ImportMode.Merge).Errors.Select(e => e.Code).Order());
    }

    [Fact]
    public void A_column_that_is_absent_leaves_its_field_alone_and_an_empty_cell_takes_the_value_away()
    {
        var book = Book(Create("T-0001", ("name", "a"), ("count", "1"), ("notes", "n")));
        var plan = Plan(book, RegisterDraws.Things, new TableText(["id", "count"], [new TableRow(2, ["T-0001", ""])]), ImportMode.Merge);
        Assert.Equal([new FieldChange("count", "1", "")], Assert.Single(plan.Changes).Fields);
    }

    [Theory]
    [InlineData("x-own", true)]
    [InlineData("own", false)]
    [InlineData("x-Own", false)]
    [InlineData("x-", false)]
    public void An_organisations_own_fields_have_names_of_their_own(string name, bool isFine)
    {
        var own = RegisterDraws.Things.Fields[0] with { Name = name };
        Assert.Equal(isFine, DefinitionRules.FirstBrokenRule(RegisterDraws.Things, [own], new HashSet<string> { "things" }) is null);
    }

    [Fact]
    public void A_broken_definition_is_refused_with_its_reason()
    {
        var broken = RegisterDraws.Things with { Fields = [.. RegisterDraws.Things.Fields, RegisterDraws.Things.Fields[0] with { Name = "link", Type = FieldType.Reference, References = "nowhere" }] };
        Assert.Equal("Register 'things': field 'link': there is no register 'nowhere' to refer to.", DefinitionRules.FirstBrokenRule([broken]));
    }

    [Theory]
    [InlineData("""{ "name": "a", "nonsense": 1 }""", "nonsense")]
    [InlineData("null", "null")]
    [InlineData("""{ "name": "a" }""", "titleField")]
    public void A_definition_that_is_none_is_refused_naming_file_and_reason(string json, string reason)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        var e = Assert.Throws<InvalidDataException>(() => RegisterCatalogue.Parse(stream, "a.register.json"));
        Assert.StartsWith("a.register.json", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    private static ImportPlan ImportWithComputed(string cell)
    {
        var definition = RegisterDraws.Things with { Fields = [.. RegisterDraws.Things.Fields, RegisterDraws.Things.Fields[3] with { Name = "twice", IsComputed = true }] };
        return RegisterTables.Plan(
            RegisterBook.Empty, definition, new TableText(["count", "twice"], [new TableRow(2, ["1", cell])]), ImportMode.Merge, new HashSet<string>(),
            RegisterDefinitions.From([definition]), [new Doubling()], RegisterDraws.Context(RegisterBook.Empty));
    }

    private static ImportPlan Plan(RegisterBook book, RegisterDefinition definition, TableText table, ImportMode mode) =>
        RegisterTables.Plan(book, definition, table, mode, new HashSet<string>(), RegisterDraws.Definitions, [], RegisterDraws.Context(book));

    private static ProposedChange Create(string? id, params (string Field, string Value)[] values) =>
        new("things", id, RegisterChangeKind.Created, values.ToDictionary(v => v.Field, v => v.Value));

    private static ProposedChange Change(string id, int revision, params (string Field, string Value)[] values) =>
        new("things", id, RegisterChangeKind.Changed, values.ToDictionary(v => v.Field, v => v.Value), revision);

    private static RegisterBook Book(params ProposedChange[] proposals) => After(RegisterBook.Empty, proposals);

    private static RegisterBook After(RegisterBook book, params ProposedChange[] proposals)
    {
        var decision = RegisterDraws.Decide(book, proposals);
        Assert.Empty(decision.Errors);
        return book.Apply(RegisterDraws.CommitOf(book, decision.Changes));
    }

    private static FieldError ErrorOf(RegisterBook book, ProposedChange proposal) => Assert.Single(RegisterDraws.Decide(book, [proposal]).Errors);

    private sealed class Doubling : IRegisterRule
    {
        public string Register => "things";

        public RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context) =>
            new(new Dictionary<string, string> { ["twice"] = (int.Parse(after["count"], System.Globalization.CultureInfo.InvariantCulture) * 2).ToString(System.Globalization.CultureInfo.InvariantCulture) }, []);
    }
}
