using System.Buffers;
using System.Text;
using Azure.Data.Tables.Entities;

namespace Azure.Data.Tables.Protocol;

/// <summary>
/// A transaction as the service takes it: one change set inside one multipart batch.
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
internal sealed class TransactionBody
{
    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly string batch = $"batch_{Guid.NewGuid()}";
    private readonly string changeSet = $"changeset_{Guid.NewGuid()}";
    private readonly TableService service;
    private readonly string table;

    /// <exception cref="InvalidOperationException">There are no actions.</exception>
    public TransactionBody(TableService service, string table, IEnumerable<TableTransactionAction> actions)
    {
        (this.service, this.table) = (service, table);
        Text($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changeSet}\r\n\r\n");
        foreach (var action in actions)
        {
            Append(action);
            Count++;
        }
        if (Count == 0)
            throw new InvalidOperationException("The batch contains no entity operations.");
        Text($"--{changeSet}--\r\n--{batch}--\r\n");
    }

    public int Count { get; }

    public string ContentType => $"multipart/mixed; boundary={batch}";

    public ReadOnlyMemory<byte> Content => buffer.WrittenMemory;

    private void Append(TableTransactionAction action)
    {
        Text($"--{changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        switch (action.ActionType)
        {
            case TableTransactionActionType.Add:
                Request("POST", service.UriOf(table).AbsoluteUri, ifMatch: null, "Prefer: return-no-content\r\n", action.Entity);
                break;
            case TableTransactionActionType.Delete:
                var version = action.ETag == default ? ETag.All : action.ETag;
                Request("DELETE", service.EntityUri(table, action.Entity), version.ToString(), "", content: null);
                break;
            case TableTransactionActionType.UpdateMerge:
                Update(TableUpdateMode.Merge, action, mustExist: true);
                break;
            case TableTransactionActionType.UpdateReplace:
                Update(TableUpdateMode.Replace, action, mustExist: true);
                break;
            case TableTransactionActionType.UpsertMerge:
                Update(TableUpdateMode.Merge, action, mustExist: false);
                break;
            case TableTransactionActionType.UpsertReplace:
                Update(TableUpdateMode.Replace, action, mustExist: false);
                break;
            default:
                throw new InvalidOperationException("Unknown request type.");
        }
    }

    private void Update(TableUpdateMode mode, TableTransactionAction action, bool mustExist)
    {
        // Without If-Match the service would insert what it does not have, as the original lets it for an update without an ETag.
        var ifMatch = mustExist && action.ETag != default ? action.ETag.ToString() : null;
        Request(TableService.MethodName(mode), service.EntityUri(table, action.Entity), ifMatch, "", action.Entity);
    }

    private void Request(string method, string uri, string? ifMatch, string headers, ITableEntity? content)
    {
        Text($"{method} {uri} HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n");
        if (ifMatch is not null)
            Text($"If-Match: {ifMatch}\r\n");
        Text(headers);
        if (content is not null)
        {
            Text("Content-Type: application/json;odata=nometadata\r\n\r\n");
            EntityWriter.Write(content, buffer);
        }
        Text("\r\n");
        if (content is null)
            Text("\r\n");
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, buffer);
}
