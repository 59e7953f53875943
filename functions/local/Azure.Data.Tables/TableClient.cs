#nullable disable // as in the original, whose API carries no nullability annotations

using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Protocol;

namespace Azure.Data.Tables;

/// <summary>Reads and changes one table. Safe to share between threads.</summary>
public partial class TableClient
{
    private readonly TableService service;

    /// <summary>For mocking.</summary>
    protected TableClient()
    {
    }

    /// <summary>A client for a table of the account that the connection string names.</summary>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <summary>A client for a table of the account that the connection string names.</summary>
    public TableClient(string connectionString, string tableName, TableClientOptions options = null)
        : this(TableService.Connect(connectionString, options), tableName)
    {
    }

    /// <summary>A client that signs with the account's key.</summary>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    /// <summary>A client that signs with the account's key.</summary>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions options = null)
        : this(TableService.Connect(endpoint, credential, options), tableName)
    {
    }

    /// <summary>A client with a Microsoft Entra identity; the endpoint must be https.</summary>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(TableService.Connect(endpoint, tokenCredential, options), tableName)
    {
    }

    internal TableClient(TableService service, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        this.service = service;
        Name = tableName;
        Uri = service.UriOf(tableName);
    }

    /// <summary>The table's name.</summary>
    public virtual string Name { get; }

    /// <summary>The account's name.</summary>
    public virtual string AccountName => service.AccountName;

    /// <summary>The table's address.</summary>
    public virtual Uri Uri { get; }

    /// <summary>The expression as an OData filter.</summary>
    /// <exception cref="NotSupportedException">The service has no such operation.</exception>
    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => ExpressionFilter.Create(filter);

    /// <summary>The interpolated text as an OData filter, its values written as literals and escaped.</summary>
    public static string CreateQueryFilter(FormattableString filter) => FormattedFilter.Create(filter);

    /// <summary>Creates the table.</summary>
    /// <exception cref="RequestFailedException">It exists (409), or the service failed.</exception>
    public virtual Response<TableItem> Create(CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(Name), service.CreateTableAsync(Name, mayExist: false, async: false, cancellationToken).Result());

    /// <inheritdoc cref="Create" />
    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(Name), await service.CreateTableAsync(Name, mayExist: false, async: true, cancellationToken).ConfigureAwait(false));

    /// <summary>Creates the table unless it exists, which the raw response tells by its status 409.</summary>
    public virtual Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(Name), service.CreateTableAsync(Name, mayExist: true, async: false, cancellationToken).Result());

    /// <inheritdoc cref="CreateIfNotExists" />
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(Name), await service.CreateTableAsync(Name, mayExist: true, async: true, cancellationToken).ConfigureAwait(false));

    /// <summary>Deletes the table; the response's status is 404 if there was none.</summary>
    public virtual Response Delete(CancellationToken cancellationToken = default) =>
        service.DeleteTableAsync(Name, async: false, cancellationToken).Result();

    /// <inheritdoc cref="Delete" />
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        await service.DeleteTableAsync(Name, async: true, cancellationToken).ConfigureAwait(false);
}
