using Azure.Data.Tables;
using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Tables;

/// <summary>A table of its own for each test.</summary>
public abstract class TableTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    protected string ConnectionString { get; } = azurite.ConnectionString;

    protected TableClient Table { get; } = new(azurite.ConnectionString, azurite.UniqueName("table"));

    public Task InitializeAsync() => Table.CreateAsync();

    public Task DisposeAsync() => Table.DeleteAsync();

    protected string UniqueName(string prefix) => azurite.UniqueName(prefix);
}
