using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Protocol;

/// <summary>Takes a multipart answer apart into the responses of its actions.</summary>
internal static class TransactionResponses
{
    public static List<Response> Parse(Response response)
    {
        var responses = new List<Response>();
        using var lines = new StringReader(Encoding.UTF8.GetString(response.Content.ToMemory().Span));
        var boundary = "--" + BoundaryOf(response.Headers.ContentType ?? "");
        var inner = boundary;
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase) && line.Contains("boundary=", StringComparison.OrdinalIgnoreCase))
                inner = "--" + BoundaryOf(line);
            else if (line.StartsWith("HTTP/1.", StringComparison.Ordinal))
                responses.Add(Read(line, lines, boundary, inner));
        }
        return responses;
    }

    private static TransactionResponse Read(string statusLine, StringReader lines, string boundary, string inner)
    {
        var status = statusLine.Split(' ', 3);
        var response = new TransactionResponse(int.Parse(status[1], CultureInfo.InvariantCulture), status.Length > 2 ? status[2] : "");
        while (lines.ReadLine() is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                response.AddHeader(header[..colon].Trim(), header[(colon + 1)..].Trim());
        }
        var content = new StringBuilder();
        while (lines.ReadLine() is { } line
            && !line.StartsWith(inner, StringComparison.Ordinal) && !line.StartsWith(boundary, StringComparison.Ordinal))
        {
            // Azurite puts the closing boundary on the content's line.
            var end = line.IndexOf(inner, StringComparison.Ordinal);
            content.Append(end < 0 ? line : line[..end]);
            if (end >= 0)
                break;
        }
        if (content.Length > 0)
            response.ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(content.ToString()));
        return response;
    }

    private static string BoundaryOf(string contentType)
    {
        var start = contentType.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        return start < 0
            ? throw new InvalidOperationException($"Expected a multipart response, not '{contentType}'.")
            : contentType[(start + "boundary=".Length)..].Split(';')[0].Trim().Trim('"');
    }
}
