#pragma warning disable CA1309 // filters know no string comparison but the ordinal one

using System.Linq.Expressions;
using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace LocalRuntime.Tests.Tables;

public sealed class FilterTests
{
    private static readonly DateTimeOffset Moment = new(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(9));
    private static readonly Guid Guid = new("66cf3753-1cc9-44c4-b857-4546f744901b");

    public static TheoryData<string, Expression<Func<Item, bool>>> OfClasses => new()
    {
        { "Text eq 'a'", item => item.Text == "a" },
        { "Text eq 'it''s'", item => item.Text == "it's" },
        { "Text eq 'a'", item => item.Text!.Equals("a") },
        { "Text eq 'a'", item => string.Equals(item.Text, "a") },
        { "(PartitionKey eq 'p') and (RowKey ge 'r')", item => item.PartitionKey == "p" && item.RowKey.CompareTo("r") >= 0 },
        { "RowKey lt 'r'", item => string.Compare(item.RowKey, "r") < 0 },
        { "(Number gt 1) or (Number le -1)", item => item.Number > 1 || item.Number <= -1 },
        { "Large ge 5L", item => item.Large >= 5 },
        { "Ratio lt 1.0", item => item.Ratio < 1 },
        { "Ratio lt 0.5", item => item.Ratio < 0.5 },
        { "IsOpen eq true", item => item.IsOpen },
        { "not (IsOpen eq true)", item => !item.IsOpen },
        { "IsOpen eq false", item => item.IsOpen == false },
        { "IsSure eq true", item => item.IsSure!.Value },
        { "(IsOpen eq true) and (not (Number eq 3))", item => item.IsOpen && !(item.Number == 3) },
        { "Due ge datetime'2026-04-01T00:00:00Z'", item => item.Due >= Moment },
        { "RecordedAt ne datetime'2026-04-01T00:00:00Z'", item => item.RecordedAt != Moment.UtcDateTime },
        { "Id eq guid'66cf3753-1cc9-44c4-b857-4546f744901b'", item => item.Id == Guid },
        { "Alias eq 'x'", item => item.Renamed == "x" },
        { "'r' lt RowKey", item => "r".CompareTo(item.RowKey) < 0 },
    };

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void Expressions_over_classes_become_filters(string expected, Expression<Func<Item, bool>> expression) =>
        Assert.Equal(expected, TableClient.CreateQueryFilter(expression));

    [Fact]
    public void Expressions_over_dictionary_entities_become_filters()
    {
        Assert.Equal("Text eq 'a'", TableClient.CreateQueryFilter<TableEntity>(entity => entity.GetString("Text") == "a"));
        Assert.Equal("(Number ge 1) and (Open eq true)", TableClient.CreateQueryFilter<TableEntity>(entity => entity.GetInt32("Number") >= 1 && entity.GetBoolean("Open") == true));
        Assert.Equal("Open eq true", TableClient.CreateQueryFilter<TableEntity>(entity => entity.GetBoolean("Open")!.Value));
        Assert.Equal("Text eq 'a'", TableClient.CreateQueryFilter<TableEntity>(entity => (string)entity["Text"] == "a"));
        Assert.Equal("Timestamp ge datetime'2026-04-01T00:00:00Z'", TableClient.CreateQueryFilter<TableEntity>(entity => entity.Timestamp >= Moment));
        Assert.Equal("TableName gt 'a'", TableServiceClient.CreateQueryFilter(item => item.Name.CompareTo("a") > 0));
    }

    [Fact]
    public void Values_come_from_wherever_the_expression_takes_them()
    {
        var local = "a'b";
        var row = (Prefix: "監査-", Number: 7);

        Assert.Equal("Text eq 'a''b'", TableClient.CreateQueryFilter<Item>(item => item.Text == local));
        Assert.Equal("RowKey eq '監査-07'", TableClient.CreateQueryFilter<Item>(item => item.RowKey == $"{row.Prefix}{row.Number:D2}"));
        Assert.Equal("Due lt datetime'2026-03-31T00:00:00Z'", TableClient.CreateQueryFilter<Item>(item => item.Due < Moment.AddDays(-1)));
        Assert.Null(TableClient.CreateQueryFilter<Item>(item => true));
    }

    [Fact]
    public void What_the_service_cannot_do_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Item>(item => item.Text!.StartsWith('a')));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Item>(item => item.Text!.Equals("a", StringComparison.OrdinalIgnoreCase)));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Item>(item => string.Compare(item.Text, "a", StringComparison.Ordinal) > 0));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Item>(item => item.Text!.Length > 3));
    }

    [Fact]
    public void Interpolated_values_become_literals()
    {
        FormattableString filter = $"A eq {"O'Brien"} and B eq {true} and C eq {5} and D eq {5L} and E eq {1.5} and F eq {Guid} and G eq {Moment} and H eq {new byte[] { 1, 255 }} and I eq {null} and J eq {Moment.UtcDateTime}";

        Assert.Equal(
            "A eq 'O''Brien' and B eq true and C eq 5 and D eq 5L and E eq 1.5 and F eq guid'66cf3753-1cc9-44c4-b857-4546f744901b' and G eq datetime'2026-04-01T00:00:00Z' and H eq X'01FF' and I eq null and J eq datetime'2026-04-01T00:00:00Z'",
            TableClient.CreateQueryFilter(filter));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {new object()}"));
    }

    public sealed class Item : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string? Text { get; set; }

        public int Number { get; set; }

        public long Large { get; set; }

        public double Ratio { get; set; }

        public bool IsOpen { get; set; }

        public bool? IsSure { get; set; }

        public DateTimeOffset? Due { get; set; }

        public DateTime RecordedAt { get; set; }

        public Guid? Id { get; set; }

        [DataMember(Name = "Alias")]
        public string? Renamed { get; set; }
    }
}
