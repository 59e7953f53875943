#nullable disable // as in the original, whose API carries no nullability annotations

using System.Collections;
using System.Globalization;
using Azure.Data.Tables.Protocol;

namespace Azure.Data.Tables;

/// <summary>A transaction failed as a whole; nothing of it was stored.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>Wraps the failure of the action that made the transaction fail.</summary>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException.InnerException)
    {
        foreach (DictionaryEntry entry in requestFailedException.Data)
            Data.Add(entry.Key, entry.Value);
        if (Data[TableErrorDetailsParser.FailedActionIndex] is string text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            FailedTransactionActionIndex = index;
    }

    /// <summary>The position of the failed action among those submitted, where the service tells.</summary>
    public int? FailedTransactionActionIndex { get; }
}
