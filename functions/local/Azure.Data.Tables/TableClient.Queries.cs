#nullable disable // as in the original, whose API carries no nullability annotations

using System.Linq.Expressions;
using Azure.Data.Tables.Entities;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Protocol;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Reads the entities that an OData filter selects, page by page as they are enumerated, ordered by key.</summary>
    /// <param name="filter">The filter; null: all entities.</param>
    /// <param name="maxPerPage">At most this many a page; the service's own limit is 1,000. It does not limit the whole.</param>
    /// <param name="select">The properties to read; null: all.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public virtual Pageable<T> Query<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
        => new PagedQuery<T>(Pages<T>(filter, select, cancellationToken), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query{T}(string, int?, IEnumerable{string}, CancellationToken)" />
    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
        => new AsyncPagedQuery<T>(Pages<T>(filter, select, cancellationToken), maxPerPage, cancellationToken);

    /// <summary>Reads the entities that an expression selects.</summary>
    /// <exception cref="NotSupportedException">The expression has no OData equivalent.</exception>
    public virtual Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
        => Query<T>(ExpressionFilter.Create(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc cref="Query{T}(Expression{Func{T, bool}}, int?, IEnumerable{string}, CancellationToken)" />
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
        => QueryAsync<T>(ExpressionFilter.Create(filter), maxPerPage, select, cancellationToken);

    private FetchPage<T> Pages<T>(string filter, IEnumerable<string> select, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        var query = new TableQuery(filter, TableQuery.Join(select));
        return async (token, pageSize, async) =>
        {
            var response = await service.QueryAsync(Name + "()", query, pageSize, TableContinuation.OfEntities(token), async, cancellation).ConfigureAwait(false);
            return Page<T>.FromValues(EntityReader.ReadMany<T>(response), TableContinuation.EntityToken(response), response);
        };
    }
}
