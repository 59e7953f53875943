using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Protocol;

/// <summary>Reads the service's OData errors. Inside a transaction the message starts with the failed action's position.</summary>
internal sealed class TableErrorDetailsParser : RequestFailedDetailsParser
{
    /// <summary>The key of the position in <see cref="Exception.Data"/>.</summary>
    public const string FailedActionIndex = "FailedEntity";

    public static readonly TableErrorDetailsParser Instance = new();

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        if (response.ContentStream is null || response.Content.ToMemory().IsEmpty)
            return false;
        try
        {
            using var document = JsonDocument.Parse(response.Content.ToMemory());
            if (!document.RootElement.TryGetProperty("odata.error", out var odata))
                return false;
            var code = odata.TryGetProperty("code", out var c) ? c.GetString() : null;
            var message = odata.TryGetProperty("message", out var m) && m.TryGetProperty("value", out var v) ? v.GetString() : null;
            if (FailedIndex(message) is { } index)
                data = new Dictionary<string, string> { [FailedActionIndex] = index };
            error = new ResponseError(code, message);
            return true;
        }
        catch (JsonException)
        {
            // A gateway's error page; the status says enough.
            return false;
        }
    }

    private static string? FailedIndex(string? message)
    {
        var colon = message?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index.ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
