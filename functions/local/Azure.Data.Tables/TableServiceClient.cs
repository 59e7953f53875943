#nullable disable // as in the original, whose API carries no nullability annotations

using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Protocol;

namespace Azure.Data.Tables;

/// <summary>The tables of an account. Safe to share between threads.</summary>
public class TableServiceClient
{
    private readonly TableService service;

    /// <summary>For mocking.</summary>
    protected TableServiceClient()
    {
    }

    /// <summary>A client for the account that the connection string names.</summary>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <summary>A client for the account that the connection string names.</summary>
    public TableServiceClient(string connectionString, TableClientOptions options = null) =>
        service = TableService.Connect(connectionString, options);

    /// <summary>A client that signs with the account's key.</summary>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <summary>A client that signs with the account's key.</summary>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options) =>
        service = TableService.Connect(endpoint, credential, options);

    /// <summary>A client with a Microsoft Entra identity; the endpoint must be https.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
        service = TableService.Connect(endpoint, tokenCredential, options);

    /// <summary>The account's name.</summary>
    public virtual string AccountName => service.AccountName;

    /// <summary>The service's address.</summary>
    public virtual Uri Uri => service.Endpoint;

    /// <summary>The interpolated text as an OData filter, its values written as literals and escaped.</summary>
    public static string CreateQueryFilter(FormattableString filter) => FormattedFilter.Create(filter);

    /// <summary>The expression as an OData filter.</summary>
    public static string CreateQueryFilter(Expression<Func<TableItem, bool>> filter) => ExpressionFilter.Create(filter);

    /// <summary>A client for a table, which need not exist. It shares this client's connections.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(service, tableName);

    /// <summary>Creates a table.</summary>
    /// <exception cref="RequestFailedException">It exists (409), or the service failed.</exception>
    public virtual Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Create(cancellationToken);

    /// <inheritdoc cref="CreateTable" />
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateAsync(cancellationToken);

    /// <summary>Creates a table unless it exists, which the raw response tells by its status 409.</summary>
    public virtual Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExists(cancellationToken);

    /// <inheritdoc cref="CreateTableIfNotExists" />
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes a table; the response's status is 404 if there was none.</summary>
    public virtual Response DeleteTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Delete(cancellationToken);

    /// <inheritdoc cref="DeleteTable" />
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <summary>Lists the tables that an OData filter on <c>TableName</c> selects.</summary>
    public virtual Pageable<TableItem> Query(string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new PagedQuery<TableItem>(Pages(filter, cancellationToken), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)" />
    public virtual AsyncPageable<TableItem> QueryAsync(string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new AsyncPagedQuery<TableItem>(Pages(filter, cancellationToken), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)" />
    public virtual Pageable<TableItem> Query(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)" />
    public virtual AsyncPageable<TableItem> QueryAsync(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <summary>Lists the tables that an expression selects.</summary>
    public virtual Pageable<TableItem> Query(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(Expression{Func{TableItem, bool}}, int?, CancellationToken)" />
    public virtual AsyncPageable<TableItem> QueryAsync(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    private FetchPage<TableItem> Pages(string filter, CancellationToken cancellation) => async (token, pageSize, async) =>
    {
        var query = new TableQuery(filter, null);
        var response = await service.QueryAsync("Tables", query, pageSize, TableContinuation.OfTables(token), async, cancellation).ConfigureAwait(false);
        return Page<TableItem>.FromValues(TableNameJson.ReadMany(response), TableContinuation.TableToken(response), response);
    };
}
