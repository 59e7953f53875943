using System.Globalization;
using Isms.Catalogues;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;

namespace Isms.Tests.Registers;

/// <summary>Random registers, values and changes from a seed: the same seed draws the same.</summary>
internal sealed class RegisterDraws(int seed)
{
    public static readonly RegisterDefinition Things = new()
    {
        Name = "things",
        Title = LocalizedText.Same("Things"),
        IdPrefix = "T",
        TitleField = "name",
        Fields =
        [
            Field("name", FieldType.Text),
            Field("code", FieldType.Text) with { IsUnique = true },
            Field("notes", FieldType.LongText),
            Field("count", FieldType.Integer),
            Field("amount", FieldType.Number),
            Field("day", FieldType.Date),
            Field("isGood", FieldType.Boolean),
            Field("kind", FieldType.Choice) with { Choices = [new("one", LocalizedText.Same("One")), new("two", LocalizedText.Same("Two"))] },
            Field("controls", FieldType.Control) with { IsList = true },
            Field("parts", FieldType.Reference) with { IsList = true, References = "things" },
        ],
        Layout = new PrintedLayout { DocumentNumber = "T-1", Columns = ["id", "name"] },
    };

    public static readonly RegisterDefinitions Definitions = RegisterDefinitions.From([Things]);

    private static readonly string[] Pieces =
        ["a", "Ａ", "資産", " ", "　", "\n", "\r\n", "\t", "か\u3099", "=1+1", "'", "\"", ";", ",", "😀", "é", "e\u0301", "\u2028", "０", "ﬁ", "-", "+", "@"];

    private readonly Random random = new(seed);

    public int Next(int below) => random.Next(below);

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public string Raw(FieldDefinition field) => field.Type switch
    {
        _ when random.Next(6) == 0 => "",
        FieldType.Text or FieldType.LongText => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Pick(Pieces))),
        FieldType.Integer => (random.Next(3) == 0 ? "0" : "") + (random.NextInt64(2_000_000) - 1_000_000).ToString(random.Next(2) == 0 ? "N0" : "D", CultureInfo.InvariantCulture).Replace("0-", "-0", StringComparison.Ordinal),
        FieldType.Number => (random.Next(200_000) / 100m - 1000).ToString(CultureInfo.InvariantCulture) + (random.Next(2) == 0 ? "" : "e1"),
        FieldType.Date => new DateOnly(2000, 1, 1).AddDays(random.Next(20_000)).ToString(Pick<string>(["yyyy-MM-dd", "yyyy/M/d", "yyyy年M月d日"]), CultureInfo.InvariantCulture),
        FieldType.Boolean => Pick<string>(["true", "FALSE", "はい", "いいえ", "1"]),
        FieldType.Choice => Pick<string>(["one", "TWO", "Two"]),
        FieldType.Control => string.Join(Pick<string>([";", "; ", "；"]), Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Standard.Controls).Id)),
        _ => "",
    };

    /// <summary>Canonical values; those that have no canonical form are left out.</summary>
    public Dictionary<string, string> Values()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Things.Fields.Where(f => !f.IsUnique && f.Type != FieldType.Reference))
        {
            var value = RegisterRules.Canonical(field, Raw(field), out var error);
            if (error is null && value.Length > 0)
            {
                values[field.Name] = value;
            }
        }

        return values;
    }

    /// <summary>The next commit after a book, an hour later: some entries are created, changed, deleted and restored, where the rules let them be.</summary>
    public RegisterCommit? Commit(RegisterBook book)
    {
        var entries = book.Entries("things").ToList();
        var proposals = Enumerable.Range(0, 1 + random.Next(4))
            .Select(_ => entries.Count == 0 || random.Next(3) == 0 ? new ProposedChange("things", null, RegisterChangeKind.Created, Linked(entries)) : Touch(Pick(entries), entries))
            .Select((p, i) => (Proposal: p, Key: p.Id ?? "new " + i))
            .DistinctBy(p => p.Key)
            .Select(p => p.Proposal)
            .ToList();
        var decision = Decide(book, proposals);
        return decision.Errors.Count > 0 || decision.Changes.Count == 0 ? null : CommitOf(book, decision.Changes);
    }

    public static RegisterCommit CommitOf(RegisterBook book, IReadOnlyList<CommittedChange> changes, string origin = RegisterChange.Edit) => new()
    {
        Version = book.Version + 1,
        At = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddHours(book.Version),
        By = "sato",
        Origin = origin,
        Changes = changes,
    };

    public static RegisterDecision Decide(RegisterBook book, IReadOnlyList<ProposedChange> proposals, params IReadOnlyList<IRegisterRule> rules) =>
        RegisterDecisions.Decide(book, proposals, Definitions, rules, Context(book));

    public static RuleContext Context(RegisterBook book) => new(
        new BookLookup(book), new Organization { Name = LocalizedText.Same("o") }, new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), "sato");

    private static FieldDefinition Field(string name, FieldType type) => new() { Name = name, Title = LocalizedText.Same(name), Type = type };

    private Dictionary<string, string> Linked(List<RegisterEntry> entries)
    {
        var values = Values();
        if (entries.Count > 0 && random.Next(3) == 0)
        {
            values["parts"] = Pick(entries).Id;
        }

        return values;
    }

    private ProposedChange Touch(RegisterEntry entry, List<RegisterEntry> entries) => entry.IsDeleted
        ? new ProposedChange("things", entry.Id, RegisterChangeKind.Restored, new Dictionary<string, string>())
        : random.Next(4) == 0
            ? new ProposedChange("things", entry.Id, RegisterChangeKind.Deleted, new Dictionary<string, string>())
            : new ProposedChange("things", entry.Id, RegisterChangeKind.Changed, Linked(entries), entry.Revision);

    private sealed class BookLookup(RegisterBook book) : IRegisterLookup
    {
        public bool HasPerson(string id) => id is "sato" or "suzuki";

        public bool HasDepartment(string id) => id == "sales";

        public bool HasSite(string id) => false;

        public bool HasEntry(string register, string id) => book.Find(register, id) is { IsDeleted: false };

        public RegisterEntry? FindEntry(string register, string id) => book.Find(register, id);

        public bool HasEvidence(string id) => false;
    }
}
