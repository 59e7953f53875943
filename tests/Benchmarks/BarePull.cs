using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Core;

namespace Benchmarks;

/// <summary>The least there can be: an HttpClient, a reader over each page, rows into compressed lines on disk. No hash, no retry, no repetition recognised.</summary>
internal static class BarePull
{
    public static async Task<Pulled> RunAsync(SignInSource source)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All };
        using var http = new HttpClient(handler);
        var token = await source.Credential.GetTokenAsync(new TokenRequestContext([source.Scope]), default);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.Write, FileShare.None, 65_536, FileOptions.DeleteOnClose);
        await using var lines = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
        var page = new MemoryStream(2_000_000);
        var rows = 0L;
        for (Uri? next = new(source.Tenant, source.Collection.Query); next is not null;)
        {
            page.SetLength(0);
            using (var answer = await http.GetAsync(next, HttpCompletionOption.ResponseHeadersRead))
            {
                await answer.EnsureSuccessStatusCode().Content.CopyToAsync(page);
            }

            next = Read(page.GetBuffer().AsSpan(0, (int)page.Length), lines, ref rows);
        }

        await lines.DisposeAsync();
        return new Pulled(rows, file.Length);
    }

    private static Uri? Read(ReadOnlySpan<byte> page, GZipStream lines, ref long rows)
    {
        Uri? next = null;
        var reader = new Utf8JsonReader(page);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    var row = page[start..(int)reader.BytesConsumed];
                    lines.Write(row);
                    lines.WriteByte((byte)'\n');
                    rows++;
                }
            }
            else if (reader.ValueTextEquals("@odata.nextLink"u8))
            {
                reader.Read();
                next = new Uri(reader.GetString()!);
            }
            else
            {
                reader.Skip();
            }
        }

        return next;
    }
}
