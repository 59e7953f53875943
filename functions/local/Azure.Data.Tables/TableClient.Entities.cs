#nullable disable // as in the original, whose API carries no nullability annotations

using Azure.Data.Tables.Entities;
using Azure.Data.Tables.Protocol;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Adds an entity.</summary>
    /// <exception cref="RequestFailedException">It exists (409), or the service failed.</exception>
    public virtual Response AddEntity<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => service.InsertAsync(Name, WithKeys(entity), async: false, cancellationToken).Result();

    /// <inheritdoc cref="AddEntity" />
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => await service.InsertAsync(Name, WithKeys(entity), async: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Updates an entity, or adds it.</summary>
    public virtual Response UpsertEntity<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => service.UpdateAsync(Name, WithKeys(entity), mode, ifMatch: null, async: false, cancellationToken).Result();

    /// <inheritdoc cref="UpsertEntity" />
    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => await service.UpdateAsync(Name, WithKeys(entity), mode, ifMatch: null, async: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Updates an entity that has this version; <see cref="ETag.All"/> stands for any.</summary>
    /// <exception cref="RequestFailedException">It has another version (412), does not exist (404), or the service failed.</exception>
    public virtual Response UpdateEntity<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => service.UpdateAsync(Name, WithKeys(entity), mode, Required(ifMatch), async: false, cancellationToken).Result();

    /// <inheritdoc cref="UpdateEntity" />
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => await service.UpdateAsync(Name, WithKeys(entity), mode, Required(ifMatch), async: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes an entity; the response's status is 404 if there was none.</summary>
    /// <param name="partitionKey">The entity's partition key.</param>
    /// <param name="rowKey">The entity's row key.</param>
    /// <param name="ifMatch">The version it must have; default: any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">It has another version (412), or the service failed.</exception>
    public virtual Response DeleteEntity(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        CheckKeys(partitionKey, rowKey);
        return service.DeleteAsync(Name, partitionKey, rowKey, OrAll(ifMatch), async: false, cancellationToken).Result();
    }

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)" />
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        CheckKeys(partitionKey, rowKey);
        return await service.DeleteAsync(Name, partitionKey, rowKey, OrAll(ifMatch), async: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the entity with this one's keys; the response's status is 404 if there was none.</summary>
    /// <param name="entity">Only its keys count, not its <see cref="ITableEntity.ETag"/>.</param>
    /// <param name="ifMatch">The version it must have; default: any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntity(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <inheritdoc cref="DeleteEntity(ITableEntity, ETag, CancellationToken)" />
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <summary>Reads an entity.</summary>
    /// <param name="partitionKey">The entity's partition key.</param>
    /// <param name="rowKey">The entity's row key.</param>
    /// <param name="select">The properties to read; null: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">It does not exist (404), or the service failed.</exception>
    public virtual Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        CheckKeys(partitionKey, rowKey);
        return Read<T>(service.GetAsync(Name, partitionKey, rowKey, TableQuery.Join(select), mayBeMissing: false, async: false, cancellationToken).Result());
    }

    /// <inheritdoc cref="GetEntity" />
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        CheckKeys(partitionKey, rowKey);
        return Read<T>(await service.GetAsync(
            Name, partitionKey, rowKey, TableQuery.Join(select), mayBeMissing: false, async: true, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads an entity if it exists, which <see cref="NullableResponse{T}.HasValue"/> tells.</summary>
    /// <param name="partitionKey">The entity's partition key.</param>
    /// <param name="rowKey">The entity's row key.</param>
    /// <param name="select">The properties to read; null: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        CheckKeys(partitionKey, rowKey);
        var response = service.GetAsync(Name, partitionKey, rowKey, TableQuery.Join(select), mayBeMissing: true, async: false, cancellationToken).Result();
        return response.Status == 404 ? new NoValueResponse<T>(response) : Read<T>(response);
    }

    /// <inheritdoc cref="GetEntityIfExists" />
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        CheckKeys(partitionKey, rowKey);
        var response = await service.GetAsync(
            Name, partitionKey, rowKey, TableQuery.Join(select), mayBeMissing: true, async: true, cancellationToken).ConfigureAwait(false);
        return response.Status == 404 ? new NoValueResponse<T>(response) : Read<T>(response);
    }

    private static Response<T> Read<T>(Response response)
        where T : class, ITableEntity
        => Response.FromValue(EntityReader.ReadOne<T>(response), response);

    private static ITableEntity WithKeys(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        CheckKeys(entity.PartitionKey, entity.RowKey);
        return entity;
    }

    private static void CheckKeys(string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
    }

    private static string OrAll(ETag ifMatch) => (ifMatch == default ? ETag.All : ifMatch).ToString();

    private static string Required(ETag ifMatch) => ifMatch == default
        ? throw new ArgumentException("Value cannot be empty.", nameof(ifMatch))
        : ifMatch.ToString();
}
