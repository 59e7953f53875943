using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using IsmsFunctions.Testing;
using NSubstitute;

namespace LocalRuntime.Tests.Tables;

public sealed class TableServiceTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly TableServiceClient service = new(azurite.ConnectionString);

    [Fact]
    public async Task Table_is_created_once_listed_and_deleted()
    {
        var name = azurite.UniqueName("listed");

        var created = await service.CreateTableAsync(name);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync(name));
        var again = await service.CreateTableIfNotExistsAsync(name);

        Assert.Equal((name, 201), (created.Value.Name, created.GetRawResponse().Status));
        Assert.Equal(409, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.TableAlreadyExists);
        Assert.Equal((name, 409), (again.Value.Name, again.GetRawResponse().Status));
        Assert.Equal([name], service.Query(item => item.Name == name).Select(item => item.Name));
        Assert.Equal(204, (await service.DeleteTableAsync(name)).Status);
        Assert.Empty(service.Query(TableServiceClient.CreateQueryFilter($"TableName eq {name}")));
        Assert.Equal(404, (await service.DeleteTableAsync(name)).Status);
    }

    [Fact]
    public async Task Tables_are_listed_page_by_page()
    {
        var prefix = azurite.UniqueName("paged");
        foreach (var letter in "abc")
            await service.CreateTableIfNotExistsAsync(prefix + letter);

        // Without the declared type the interpolated text would be a plain string, and its values unquoted.
        FormattableString between = $"TableName ge {prefix} and TableName le {prefix + "z"}";

        var pages = new List<int>();
        await foreach (var page in service.QueryAsync(between, maxPerPage: 2).AsPages())
            pages.Add(page.Values.Count);

        Assert.Equal([2, 1], pages);
    }

    [Fact]
    public void Clients_know_their_account_and_address()
    {
        var table = service.GetTableClient("audits");

        Assert.Equal(("devstoreaccount1", "audits"), (table.AccountName, table.Name));
        Assert.Equal(service.Uri.AbsoluteUri + "/audits", table.Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=isms;AccountKey=a2V5;EndpointSuffix=core.windows.net", "https://isms.table.core.windows.net/")]
    [InlineData("AccountName=isms;AccountKey=a2V5;TableEndpoint=https://tables.example.jp/isms", "https://tables.example.jp/isms")]
    public void Connection_strings_name_the_endpoint(string connectionString, string expected) =>
        Assert.Equal(expected, new TableServiceClient(connectionString).Uri.AbsoluteUri);

    [Fact]
    public void Connection_strings_that_say_too_little_or_nothing_are_refused()
    {
        Assert.Throws<ArgumentException>("connectionString", () => new TableServiceClient("AccountName=isms;EndpointSuffix=core.windows.net"));
        Assert.Throws<ArgumentException>("connectionString", () => new TableServiceClient("AccountName=isms;AccountKey=a2V5"));
        Assert.Throws<InvalidOperationException>(() => new TableServiceClient("no connection string"));
        Assert.Throws<ArgumentNullException>("connectionString", () => new TableServiceClient((string)null!));
    }

    [Fact]
    public async Task Clients_can_be_substituted()
    {
        var table = Substitute.For<TableClient>();
        table.GetEntityIfExistsAsync<TableEntity>("p", "r").Returns(Response.FromValue(new TableEntity("p", "r"), Substitute.For<Response>()));
        var substitute = Substitute.For<TableServiceClient>();
        substitute.GetTableClient("audits").Returns(table);

        var read = await substitute.GetTableClient("audits").GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.True(read.HasValue);
    }
}
