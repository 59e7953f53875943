using Isms.Registers;

namespace Isms.Tests.Registers;

/// <summary>What holds of whatever registers, values and changes a seed draws.</summary>
public sealed class RegisterPropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_canonical_value_is_its_own_canonical_form(int seed)
    {
        var draws = new RegisterDraws(seed);
        for (var i = 0; i < 500; i++)
        {
            var field = draws.Pick(RegisterDraws.Things.Fields);
            var raw = draws.Raw(field);
            var canonical = RegisterRules.Canonical(field, raw, out var error);
            if (error is null)
            {
                Assert.Equal(canonical, RegisterRules.Canonical(field, canonical, out var again));
                Assert.Null(again);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_differs_makes_the_one_of_the_other(int seed)
    {
        var draws = new RegisterDraws(seed);
        for (var i = 0; i < 100; i++)
        {
            var (before, after) = (draws.Values(), draws.Values());
            var made = new Dictionary<string, string>(before);
            foreach (var change in RegisterRules.Difference(before, after))
            {
                Assert.Equal(before.GetValueOrDefault(change.Field, ""), change.Before);
                Assert.NotEqual(change.Before, change.After);
                made[change.Field] = change.After;
            }

            Assert.Empty(RegisterRules.Difference(after, made.Where(v => v.Value.Length > 0).ToDictionary()));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_history_tells_every_entry_as_it_was_at_every_moment(int seed)
    {
        var (books, history) = Play(seed);
        foreach (var book in books)
        {
            foreach (var (id, changes) in history)
            {
                var then = RegisterRules.AsOf(changes, book.At);
                var entry = book.Find("things", id);
                Assert.Equal(entry is null, then is null);
                if (entry is not null)
                {
                    Assert.Empty(RegisterRules.Difference(entry.Values, then!.Values));
                    Assert.Equal((entry.Revision, entry.IsDeleted, entry.ChangedAt, entry.CreatedAt), (then.Revision, then.IsDeleted, then.ChangedAt, then.CreatedAt));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_sequence_of_changes_leaves_a_reference_to_nothing(int seed)
    {
        foreach (var book in Play(seed).Books)
        {
            foreach (var entry in book.Entries("things").Where(e => !e.IsDeleted))
            {
                Assert.All(RegisterRules.References(RegisterDraws.Things, entry.Values), r => Assert.False(book.Find(r.Register, r.Id)!.IsDeleted));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_restored_book_is_the_book_that_was_kept(int seed)
    {
        var book = Play(seed).Books[^1];

        var restored = RegisterBook.Restore(
            book.Version, book.At, book.Registers.ToDictionary(r => r, r => (IReadOnlyList<RegisterEntry>)[.. book.Entries(r)]), book.Keys);

        Assert.Equal((book.Version, book.At, book.LastNumber("things")), (restored.Version, restored.At, restored.LastNumber("things")));
        Assert.Equal(book.Entries("things").Select(e => (e.Id, e.Revision, e.Commit)), restored.Entries("things").Select(e => (e.Id, e.Revision, e.Commit)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Importing_what_was_exported_changes_nothing_in_either_mode(int seed)
    {
        var book = Play(seed).Books[^1];
        var table = RegisterTables.ToTable(RegisterDraws.Things, book.Entries("things"));
        foreach (var mode in Enum.GetValues<ImportMode>())
        {
            var plan = Plan(book, table, mode);
            Assert.Empty(plan.Errors);
            Assert.Empty(plan.Changes);
            Assert.Equal(table.Rows.Count, plan.Unchanged);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Importing_an_export_into_empty_registers_makes_the_same_register(int seed)
    {
        var table = RegisterTables.ToTable(RegisterDraws.Things, Play(seed).Books[^1].Entries("things"));
        if (table.Rows.Count == 0)
        {
            return;
        }

        var plan = Plan(RegisterBook.Empty, table, ImportMode.Merge);
        Assert.Empty(plan.Errors);
        var decision = RegisterDraws.Decide(RegisterBook.Empty, RegisterTables.Proposals("things", plan));
        var imported = RegisterBook.Empty.Apply(RegisterDraws.CommitOf(RegisterBook.Empty, decision.Changes));

        Assert.Equal(
            table.Rows.Select(r => string.Join('|', r.Cells)),
            RegisterTables.ToTable(RegisterDraws.Things, imported.Entries("things")).Rows.Select(r => string.Join('|', r.Cells)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_plan_that_is_applied_makes_the_register_what_the_file_says(int seed)
    {
        var book = Play(seed).Books[^1];
        var other = Play(seed + 100).Books[^1];
        var table = RegisterTables.ToTable(RegisterDraws.Things, other.Entries("things"));

        var plan = Plan(book, table, ImportMode.Replace);
        Assert.Empty(plan.Errors);
        var decision = RegisterDraws.Decide(book, RegisterTables.Proposals("things", plan));
        Assert.Empty(decision.Errors);
        var after = decision.Changes.Count == 0 ? book : book.Apply(RegisterDraws.CommitOf(book, decision.Changes));

        Assert.Equal(
            table.Rows.Select(r => string.Join('|', r.Cells)),
            RegisterTables.ToTable(RegisterDraws.Things, after.Entries("things")).Rows.Select(r => string.Join('|', r.Cells)));
    }

    private static ImportPlan Plan(RegisterBook book, TableText table, ImportMode mode) => RegisterTables.Plan(
        book, RegisterDraws.Things, table, mode, new HashSet<string>(), RegisterDraws.Definitions, [], RegisterDraws.Context(book));

    private static (List<RegisterBook> Books, Dictionary<string, List<RegisterChange>> History) Play(int seed)
    {
        var draws = new RegisterDraws(seed);
        var books = new List<RegisterBook> { RegisterBook.Empty };
        var history = new Dictionary<string, List<RegisterChange>>();
        for (var i = 0; i < 60; i++)
        {
            if (draws.Commit(books[^1]) is not { } commit)
            {
                continue;
            }

            books.Add(books[^1].Apply(commit));
            foreach (var change in commit.Changes)
            {
                (history.TryGetValue(change.Id, out var list) ? list : history[change.Id] = []).Add(change.In(commit));
            }
        }

        Assert.True(books.Count > 20);
        return (books, history);
    }
}
