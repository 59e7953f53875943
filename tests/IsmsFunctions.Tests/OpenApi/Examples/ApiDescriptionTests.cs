using System.Text.Json.Nodes;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>What the examples are held against does name what does not fit.</summary>
public sealed class ApiDescriptionTests
{
    private static readonly ApiDescription Description = new(File.ReadAllText(Path.Combine(Repository.Root, "functions", "IsmsFunctions", "Hosting", "OpenApi", "openapi.json")));

    [Theory]
    [InlineData("""{"decision":"keep","reason":"業務で利用中"}""", "")]
    [InlineData("""{"reason":"業務で利用中"}""", "decision PropertyRequired")]
    [InlineData("""{"decision":"maybe"}""", "decision NotInEnumeration")]
    [InlineData("""{"decision":"keep","raeson":"業務で利用中"}""", "raeson NoAdditionalPropertiesAllowed")]
    [InlineData("""{"decision":"keep","reason":7}""", "reason NoTypeValidates")]
    public void A_document_that_does_not_fit_is_named(string body, string fault)
    {
        var operation = Description.Find("post", "/api/access-reviews/review-1/sheets/people/rows/3/answer");

        var faults = Description.FaultsOfRequest(operation, JsonNode.Parse(body)!);

        Assert.Equal("AnswerReviewRow", operation.Id);
        Assert.Equal(fault.Length == 0 ? [] : [$"AnswerReviewRow.request: #/{fault}"], faults);
    }

    [Fact]
    public void A_status_that_is_not_described_is_a_fault_and_an_unknown_path_is_refused()
    {
        var operation = Description.Find("get", "/api/audits/programme");

        Assert.Equal("GetAuditProgramme", operation.Id);
        Assert.Single(Description.FaultsOfAnswer(operation, 202, null));
        Assert.Throws<InvalidOperationException>(() => Description.Find("get", "/api/nothing"));
    }
}
