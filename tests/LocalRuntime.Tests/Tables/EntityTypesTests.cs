using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Tables;

public sealed class EntityTypesTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly DateTimeOffset Moment = new(2026, 4, 1, 9, 30, 15, TimeSpan.FromHours(9));

    public enum Severity
    {
        Observation,
        Major,
    }

    [Fact]
    public async Task Every_type_of_a_dictionary_entity_survives_the_round_trip()
    {
        var guid = new Guid("66cf3753-1cc9-44c4-b857-4546f744901b");
        await Table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["String"] = "全角と半角\u2028\"引用\"\\\r\n\t\0終",
            ["Empty"] = "",
            ["Int32"] = int.MinValue,
            ["Int64"] = long.MaxValue,
            ["Double"] = 0.1,
            ["WholeDouble"] = 5.0,
            ["Infinite"] = double.PositiveInfinity,
            ["NaN"] = double.NaN,
            ["Boolean"] = true,
            ["Guid"] = guid,
            ["DateTimeOffset"] = Moment,
            ["DateTime"] = Moment.UtcDateTime,
            ["Binary"] = new byte[] { 0, 1, 254, 255 },
            ["BinaryData"] = BinaryData.FromString("証跡"),
        });

        TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal("全角と半角\u2028\"引用\"\\\r\n\t\0終", read.GetString("String"));
        Assert.Equal("", read.GetString("Empty"));
        Assert.Equal(int.MinValue, read.GetInt32("Int32"));
        Assert.Equal(long.MaxValue, read.GetInt64("Int64"));
        Assert.Equal(0.1, read.GetDouble("Double"));
        Assert.Equal(5.0, read.GetDouble("WholeDouble"));
        Assert.Equal(double.PositiveInfinity, read.GetDouble("Infinite"));
        Assert.Equal(double.NaN, read.GetDouble("NaN"));
        Assert.True(read.GetBoolean("Boolean"));
        Assert.Equal(guid, read.GetGuid("Guid"));
        Assert.Equal(Moment, read.GetDateTimeOffset("DateTimeOffset"));
        Assert.Equal(TimeSpan.Zero, read.GetDateTimeOffset("DateTimeOffset")!.Value.Offset);
        Assert.Equal(Moment.UtcDateTime, read.GetDateTime("DateTime"));
        Assert.Equal([0, 1, 254, 255], read.GetBinary("Binary"));
        Assert.Equal("証跡", read.GetBinaryData("BinaryData").ToString());
    }

    [Fact]
    public async Task Sub_second_digits_survive_to_the_tick()
    {
        var moment = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["At"] = moment });

        TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(moment, read.GetDateTimeOffset("At"));
    }

    [Fact]
    public async Task Class_is_mapped_by_its_public_properties()
    {
        var finding = new Finding
        {
            PartitionKey = "audit-01",
            RowKey = "1",
            Title = "教育記録の不備",
            Severity = Severity.Major,
            ClosedAs = null,
            Clause = 7,
            Size = 5_000_000_000,
            Score = 1,
            Due = Moment,
            RecordedAt = Moment.UtcDateTime,
            Hash = [1, 2, 3],
            Cached = "not stored",
            Renamed = "別名",
            IsOpen = true,
            Id = new Guid("66cf3753-1cc9-44c4-b857-4546f744901b"),
        };
        await Table.AddEntityAsync(finding);

        Finding read = await Table.GetEntityAsync<Finding>("audit-01", "1");
        TableEntity stored = await Table.GetEntityAsync<TableEntity>("audit-01", "1");

        Assert.Equal(finding with { Cached = null, ETag = read.ETag, Timestamp = read.Timestamp, Hash = read.Hash }, read);
        Assert.Equal([1, 2, 3], read.Hash!);
        Assert.NotEqual(default, read.ETag);
        Assert.Equal("Major", stored.GetString("Severity"));
        Assert.Equal("別名", stored.GetString("Alias"));
        Assert.False(stored.ContainsKey("Cached"));
        Assert.False(stored.ContainsKey("ClosedAs"));
        Assert.False(stored.ContainsKey("ETag"));
        Assert.Equal(5_000_000_000, stored.GetInt64("Size"));
    }

    [Fact]
    public async Task Explicitly_implemented_keys_are_mapped_too()
    {
        ITableEntity keys = new Explicit { Text = "本文" };
        (keys.PartitionKey, keys.RowKey) = ("p", "r");
        await Table.AddEntityAsync((Explicit)keys);

        Explicit read = await Table.GetEntityAsync<Explicit>("p", "r");

        Assert.Equal(("p", "r", "本文"), (((ITableEntity)read).PartitionKey, ((ITableEntity)read).RowKey, read.Text));
    }

    [Fact]
    public async Task Local_times_and_types_without_a_counterpart_are_refused()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.AddEntityAsync(new TableEntity("p", "r") { ["At"] = new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Local) }));
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.AddEntityAsync(new TableEntity("p", "r") { ["Severity"] = Severity.Major }));
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.AddEntityAsync(new TableEntity("p", "r") { ["List"] = new List<string>() }));
    }

    [Fact]
    public async Task Text_of_64_kibibytes_is_the_longest()
    {
        await Table.AddEntityAsync(new TableEntity("p", "longest") { ["Text"] = new string('証', 32 * 1024) });

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.AddEntityAsync(new TableEntity("p", "longer") { ["Text"] = new string('証', (32 * 1024) + 1) }));

        TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "longest");
        Assert.Equal(32 * 1024, read.GetString("Text").Length);
        Assert.Equal((400, "PropertyValueTooLarge"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public void Getters_refuse_other_types_and_integers_take_the_type_they_replace()
    {
        var entity = new TableEntity("p", "r") { ["Text"] = "a", ["Long"] = 1L, ["Double"] = 1.5 };

        entity["Long"] = 2;
        entity["Double"] = 3;

        Assert.Throws<InvalidOperationException>(() => entity.GetInt32("Text"));
        Assert.Equal(2L, entity.GetInt64("Long"));
        Assert.Equal(3.0, entity.GetDouble("Double"));
        Assert.Null(entity.GetString("None"));
        Assert.Null(entity["None"]);
        Assert.Equal(default, entity.ETag);
        Assert.Equal(5, entity.Count);
    }

    public sealed record Finding : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string? Title { get; set; }

        public Severity Severity { get; set; }

        public Severity? ClosedAs { get; set; }

        public int? Clause { get; set; }

        public long Size { get; set; }

        public double Score { get; set; }

        public bool IsOpen { get; set; }

        public Guid Id { get; init; }

        public DateTimeOffset? Due { get; set; }

        public DateTime RecordedAt { get; set; }

        public byte[]? Hash { get; set; }

        [IgnoreDataMember]
        public string? Cached { get; set; }

        [DataMember(Name = "Alias")]
        public string? Renamed { get; set; }
    }

    public sealed class Explicit : ITableEntity
    {
        public string? Text { get; set; }

        string ITableEntity.PartitionKey { get; set; } = "";

        string ITableEntity.RowKey { get; set; } = "";

        DateTimeOffset? ITableEntity.Timestamp { get; set; }

        ETag ITableEntity.ETag { get; set; }
    }
}
