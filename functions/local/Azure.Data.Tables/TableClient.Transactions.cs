#nullable disable // as in the original, whose API carries no nullability annotations

using Azure.Data.Tables.Protocol;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Does all of the actions or none. They must concern one partition, each entity once, at most 100 of them and 4 MiB.</summary>
    /// <returns>The actions' responses in their order, with the new ETags.</returns>
    /// <exception cref="TableTransactionFailedException">One of them failed, hence all.</exception>
    /// <exception cref="RequestFailedException">The service failed.</exception>
    /// <exception cref="InvalidOperationException">There are no actions.</exception>
    public virtual Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        => Responses(service.BatchAsync(Body(transactionActions), async: false, cancellationToken).Result());

    /// <inheritdoc cref="SubmitTransaction" />
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        => Responses(await service.BatchAsync(Body(transactionActions), async: true, cancellationToken).ConfigureAwait(false));

    private TransactionBody Body(IEnumerable<TableTransactionAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        return new(service, Name, actions);
    }

    private static Response<IReadOnlyList<Response>> Responses(Response response)
    {
        var responses = TransactionResponses.Parse(response);
        return responses.Find(each => each.IsError) is { } failed
            ? throw new TableTransactionFailedException(new RequestFailedException(failed, null, TableErrorDetailsParser.Instance))
            : Response.FromValue<IReadOnlyList<Response>>(responses, response);
    }
}
