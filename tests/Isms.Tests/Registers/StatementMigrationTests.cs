using System.Globalization;
using Isms.Catalogues;
using Isms.Registers;

namespace Isms.Tests.Registers;

public sealed class StatementMigrationTests
{
    [Fact]
    public void A_complete_statement_of_2013_decides_82_controls_and_leaves_the_11_new_ones_open()
    {
        var migration = StatementMigrationRules.Migrate(Complete());
        Assert.Empty(migration.Errors);
        Assert.Empty(migration.Conflicts);
        Assert.Empty(migration.Missing);
        Assert.Equal(Standard.Controls.Select(c => c.Id), migration.Controls.Select(c => c.Decision.Control));
        Assert.Equal(Edition2013.NewIn2022, migration.ToDecide);
        Assert.Equal(24, migration.Merged.Count());
        Assert.Equal(82, migration.Controls.Count(c => c.Decision is { Applicable: true, Implementation: ControlImplementation.Implemented }));
    }

    [Fact]
    public void What_one_of_the_merged_rows_needed_stays_needed()
    {
        var migration = StatementMigrationRules.Migrate(Complete(("A.12.4.2", false, ControlImplementation.NotApplicable, "集中管理のため")));
        var logging = Of(migration, "8.15");
        Assert.True(logging.Decision.Applicable);
        Assert.Equal(["A.12.4.1", "A.12.4.2", "A.12.4.3"], logging.Sources);
        var conflict = Assert.Single(migration.Conflicts);
        Assert.Equal(("8.15", "applicable"), (conflict.Control, conflict.Field));
        Assert.Contains("A.12.4.2 は除外", conflict.Explanation.Ja, StringComparison.Ordinal);
        Assert.Contains(conflict.Explanation, logging.Notes);
        Assert.DoesNotContain("集中管理", logging.Decision.Justification, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_of_the_merged_rows_lacked_is_not_called_implemented()
    {
        var migration = StatementMigrationRules.Migrate(Complete(("A.10.1.2", true, ControlImplementation.NotImplemented, "鍵の保護")));
        Assert.Equal(ControlImplementation.Partly, Of(migration, "8.24").Decision.Implementation);
        Assert.Equal("implementation", Assert.Single(migration.Conflicts).Field);
    }

    [Fact]
    public void Excluded_rows_make_an_excluded_control_with_their_reasons()
    {
        var migration = StatementMigrationRules.Migrate(Complete(
            ("A.14.2.8", false, ControlImplementation.Unknown, "開発を行わない"), ("A.14.2.9", false, ControlImplementation.NotApplicable, "受入れもしない")));
        var testing = Of(migration, "8.29").Decision;
        Assert.False(testing.Applicable);
        Assert.Equal(ControlImplementation.NotApplicable, testing.Implementation);
        Assert.Equal("A.14.2.8: 開発を行わない\nA.14.2.9: 受入れもしない", testing.Justification);
    }

    [Fact]
    public void The_same_reason_in_all_merged_rows_is_said_once() =>
        Assert.Equal("リスク対応のため", Of(StatementMigrationRules.Migrate(Complete()), "8.32").Decision.Justification);

    [Fact]
    public void A_row_that_went_into_two_controls_decides_both()
    {
        var migration = StatementMigrationRules.Migrate([new StatementRow2013(2, "A.18.2.3", true, "点検のため", ControlImplementation.Implemented)]);
        Assert.True(Of(migration, "5.36").Decision.Applicable);
        Assert.True(Of(migration, "8.8").Decision.Applicable);
        Assert.Equal(113, migration.Missing.Count);
        Assert.Equal(91, migration.ToDecide.Count);
    }

    [Fact]
    public void A_row_left_open_leaves_its_control_open()
    {
        var migration = StatementMigrationRules.Migrate(Complete(("A.6.1.1", null, ControlImplementation.Unknown, "")));
        Assert.Null(Of(migration, "5.2").Decision.Applicable);
        Assert.Contains("5.2", migration.ToDecide);
    }

    [Fact]
    public void Unknown_and_repeated_rows_are_named_by_their_line()
    {
        var migration = StatementMigrationRules.Migrate(
        [
            new StatementRow2013(2, "A.5.1.1", true, "x", ControlImplementation.Implemented),
            new StatementRow2013(3, "A.5.1", true, "x", ControlImplementation.Implemented),
            new StatementRow2013(4, "5.1.1", true, "x", ControlImplementation.Implemented),
        ]);
        Assert.Equal([("migration-control-unknown", 3), ("migration-control-twice", 4)], migration.Errors.Select(e => (e.Code, e.Row!.Value)));
    }

    [Fact]
    public void The_proposal_is_a_table_that_the_register_accepts()
    {
        var definition = RegisterCatalogue.Find("controls")!;
        var migration = StatementMigrationRules.Migrate(Complete(("A.12.4.2", false, ControlImplementation.NotApplicable, "x")));
        var table = StatementMigrationRules.ToTable(migration, CultureInfo.GetCultureInfo("ja-JP"));
        Assert.Equal(93, table.Rows.Count);
        Assert.All(table.Rows, row => Assert.All(table.Columns.Skip(1).Zip(row.Cells.Skip(1)), cell =>
        {
            Assert.Equal(cell.Second, RegisterRules.Canonical(definition.Find(cell.First)!, cell.Second, out var error));
            Assert.Null(error);
        }));
    }

    [Theory]
    [InlineData("適用", true)]
    [InlineData("○", true)]
    [InlineData("Yes", true)]
    [InlineData("ＴＲＵＥ", true)]
    [InlineData("適用除外", false)]
    [InlineData("対象外", false)]
    [InlineData("×", false)]
    [InlineData("－", false)]
    [InlineData(" ", null)]
    public void Applicability_is_read_as_people_write_it(string text, bool? applicable)
    {
        Assert.Equal(applicable, StatementTexts.ReadApplicable(text, out var understood));
        Assert.True(understood);
    }

    [Theory]
    [InlineData("実施済み", ControlImplementation.Implemented)]
    [InlineData("一部実施", ControlImplementation.Partly)]
    [InlineData("△", ControlImplementation.Partly)]
    [InlineData("未", ControlImplementation.NotImplemented)]
    [InlineData("該当なし", ControlImplementation.NotApplicable)]
    [InlineData("Not implemented", ControlImplementation.NotImplemented)]
    [InlineData("", ControlImplementation.Unknown)]
    public void The_state_is_read_as_people_write_it(string text, ControlImplementation state)
    {
        Assert.Equal(state, StatementTexts.ReadImplementation(text, out var understood));
        Assert.True(understood);
    }

    [Fact]
    public void A_usual_japanese_statement_is_read()
    {
        var table = new TableText(["管理策番号", "管理策名", "適用", "適用理由", "除外理由", "実施状況"],
        [
            new TableRow(2, ["A.5.1.1", "情報セキュリティのための方針群", "○", "リスク対応のため", "", "実施"]),
            new TableRow(3, ["A.14.2.7", "外部委託による開発", "×", "", "委託していないため", "-"]),
            new TableRow(4, ["", "", "", "", "", ""]),
            new TableRow(5, ["A.6.1.1", "役割", "たぶん", "", "", "そのうち"]),
        ]);
        var rows = StatementFile2013.Read(table, out var errors);
        Assert.Equal(["migration-applicable-unclear", "migration-state-unclear"], errors.Select(e => e.Code));
        Assert.All(errors, e => Assert.Equal(5, e.Row));
        Assert.Equal(new StatementRow2013(3, "A.14.2.7", false, "委託していないため", ControlImplementation.NotApplicable), rows[1]);
        Assert.Equal(3, rows.Count);
    }

    [Fact]
    public void The_name_of_a_control_is_not_taken_for_its_number()
    {
        var table = new TableText(["管理策", "管理策番号", "適用"], [new TableRow(2, ["情報セキュリティのための方針群", "A.5.1.1", "適用"])]);
        Assert.Equal("A.5.1.1", Assert.Single(StatementFile2013.Read(table, out _)).Control);
    }

    [Fact]
    public void A_file_without_the_columns_says_which_it_needs()
    {
        Assert.Empty(StatementFile2013.Read(new TableText(["A", "B"], []), out var errors));
        Assert.Equal("migration-columns-missing", Assert.Single(errors).Code);
    }

    private static MigratedControl Of(StatementMigration migration, string control) => migration.Controls.Single(c => c.Decision.Control == control);

    private static StatementRow2013[] Complete(params (string Control, bool? Applicable, ControlImplementation State, string Why)[] except) =>
        [.. Edition2013.Controls.Select((c, i) => except.FirstOrDefault(e => e.Control == c.Id) is { Control: not null } e
            ? new StatementRow2013(i + 2, c.Id, e.Applicable, e.Why, e.State)
            : new StatementRow2013(i + 2, c.Id, true, "リスク対応のため", ControlImplementation.Implemented))];
}
