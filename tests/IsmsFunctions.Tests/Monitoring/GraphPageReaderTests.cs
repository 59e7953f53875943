using System.Text;
using System.Text.Json;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Tests.Monitoring;

public sealed class GraphPageReaderTests
{
    private const string Page = """{"@odata.context":"https://x/$metadata#signIns","@odata.count":3,"extra":{"value":[1,{"a":[]}]},"value":[{"id":"1","name":"佐藤"},{ "id" : "2" , "nested":{"value":[{"id":"x"}]},"z":"2026-04-01T00:00:00Z","n":null},{}],"@odata.nextLink":"https://x/v1.0/a?$skiptoken=abc\u0026b"}""";
    private static readonly string[] Rows = ["""{"id":"1","name":"佐藤"}""", """{ "id" : "2" , "nested":{"value":[{"id":"x"}]},"z":"2026-04-01T00:00:00Z","n":null}""", "{}"];

    [Fact]
    public async Task Rows_come_as_received_however_the_network_cuts_the_page()
    {
        var bytes = Encoding.UTF8.GetBytes(Page);
        for (var piece = 1; piece <= bytes.Length; piece++)
        {
            var sink = new Sink();
            var next = await GraphPageReader.ReadAsync(new Pieces(bytes, piece), sink, default);
            Assert.Equal(Rows, sink.Rows);
            Assert.Equal("https://x/v1.0/a?$skiptoken=abc&b", next);
        }
    }

    [Fact]
    public async Task A_page_cut_anywhere_is_recognised_and_its_whole_rows_are_handed_over()
    {
        var bytes = Encoding.UTF8.GetBytes(Page);
        for (var length = 0; length < bytes.Length; length++)
        {
            var sink = new Sink();
            await Assert.ThrowsAnyAsync<JsonException>(() => GraphPageReader.ReadAsync(new Pieces(bytes[..length], 7), sink, default));
            Assert.Equal(Rows.Take(sink.Rows.Count), sink.Rows);
        }
    }

    [Fact]
    public async Task A_row_larger_than_the_buffer_comes_whole()
    {
        var large = $$"""{"id":"1","text":"{{new string('あ', 300_000)}}"}""";
        var sink = new Sink();
        Assert.Null(await GraphPageReader.ReadAsync(new Pieces(Encoding.UTF8.GetBytes($$"""{"value":[{{large}},{"id":"2"}]}"""), 50_000), sink, default));
        Assert.Equal([large, """{"id":"2"}"""], sink.Rows);
    }

    [Theory]
    [InlineData("""{"value":[]}""", 0)]
    [InlineData("""{"@odata.nextLink":"https://x/","value":[]}""", 0)]
    [InlineData("""{"value":[{"id":"1"}]} """, 1)]
    public async Task Empty_and_ordinary_pages_are_pages(string page, int rows)
    {
        var sink = new Sink();
        await GraphPageReader.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(page), 5), sink, default);
        Assert.Equal(rows, sink.Rows.Count);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"value\"")]
    [InlineData("{}")]
    [InlineData("""{"error":{"code":"x"}}""")]
    [InlineData("<html></html>")]
    [InlineData("""{"value":[{"id":"1"},]}""")]
    [InlineData("""{"value":[,{"id":"1"}]}""")]
    [InlineData("""{"value":[{"id":"1"}{"id":"2"}]}""")]
    [InlineData("""{"value":[{"id":"1"}}""")]
    [InlineData("""{"value":["1"]}""")]
    [InlineData("""{"value":[{"id":"1"}]}{"value":[]}""")]
    public async Task What_is_no_page_is_refused(string body) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => GraphPageReader.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(body), 5), new Sink(), default));

    private sealed class Sink : IRowSink
    {
        public List<string> Rows { get; } = [];

        public void Add(ReadOnlySpan<byte> row) => Rows.Add(Encoding.UTF8.GetString(row));

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    /// <summary>A stream that gives at most so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > piece ? buffer[..piece] : buffer, cancellationToken);
    }
}
