using System.Text.Json.Nodes;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.OpenApi.Examples;
using Microsoft.OpenApi;

namespace IsmsFunctions.Tests.OpenApi;

public sealed class OpenApiTests
{
    private static readonly string Kept = Path.Combine(Repository.Root, "functions", "IsmsFunctions", "Hosting", "OpenApi", "openapi.json");

    private static readonly Lazy<IReadOnlyList<Operation>> Operations = new(SourceSurface.Read);

    [Fact]
    public void The_description_says_what_the_sources_do()
    {
        var now = OpenApiWriting.Write(Operations.Value, ExampleBook.Kept());
        if (Environment.GetEnvironmentVariable("ISMS_WRITE_OPENAPI") == "1")
        {
            File.WriteAllText(Kept, now);
        }

        Assert.True(File.ReadAllText(Kept) == now, "openapi.json is not what the sources say. Write it with ISMS_WRITE_OPENAPI=1, and read the difference.");
    }

    [Fact]
    public void Every_operation_says_what_it_answers_and_every_command_that_takes_a_document_which()
    {
        Assert.All(Operations.Value, o =>
        {
            Assert.True(o.Replies.Count > 0, $"{o.Function} has no answer.");
            Assert.True(o.Replies.Values.Any(r => r.Documents.Count > 0 || r.IsFile) || o.Replies.ContainsKey(204), $"{o.Function} answers nothing.");
            Assert.DoesNotContain(o.Replies.Values.SelectMany(r => r.Documents), d => d.SpecialType == Microsoft.CodeAnalysis.SpecialType.System_Object);
        });
    }

    [Fact]
    public void The_description_is_valid()
    {
        var read = OpenApiDocument.Parse(File.ReadAllText(Kept), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Equal(Operations.Value.Count, read.Document!.Paths.Sum(p => p.Value.Operations!.Count));
        Assert.Empty(read.Document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task Whoever_asks_is_given_the_description()
    {
        await using var app = await RunningApp.StartAsync(DateTimeOffset.UnixEpoch.AddYears(57));

        var answer = (await app.GetAsync(null, "openapi.json")).Expect(200);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(Kept)), answer.Json));
    }
}
