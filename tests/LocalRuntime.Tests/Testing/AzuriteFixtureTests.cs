using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Testing;

public sealed class AzuriteFixtureTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Theory]
    [InlineData("BlobEndpoint", "Azurite-Blob")]
    [InlineData("QueueEndpoint", "Azurite-Queue")]
    [InlineData("TableEndpoint", "Azurite-Table")]
    public async Task Each_service_answers_on_its_endpoint(string endpoint, string server)
    {
        var uri = azurite.ConnectionString.Split(';').Single(part => part.StartsWith(endpoint, StringComparison.Ordinal)).Split('=', 2)[1];
        using var client = new HttpClient();

        using var response = await client.GetAsync(new Uri(uri));

        Assert.StartsWith(server, string.Join(' ', response.Headers.GetValues("Server")), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_differ_and_fit_tables_and_containers()
    {
        var names = Enumerable.Range(0, 100).Select(_ => azurite.UniqueName("evidence")).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9]{2,62}$", name));
    }
}
