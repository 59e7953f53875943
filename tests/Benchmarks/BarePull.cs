using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Core;

namespace Benchmarks;

/// <summary>
/// The least there can be: an HttpClient, a reader over each page, rows into compressed lines on disk; and, if wanted, the hashes of the lines and of the file, which a manifest
/// states. No retry, no repetition recognised, nothing to resume from.
/// </summary>
internal static class BarePull
{
    public static async Task<Pulled> RunAsync(SignInSource source, bool isHashed)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All };
        using var http = new HttpClient(handler);
        var token = await source.Credential.GetTokenAsync(new TokenRequestContext([source.Scope]), default);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.Write, FileShare.None, 65_536, FileOptions.DeleteOnClose);
        using var ofFile = SHA256.Create();
        using var ofLines = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stored = isHashed ? new CryptoStream(file, ofFile, CryptoStreamMode.Write, leaveOpen: true) : (Stream)file;
        var zip = new GZipStream(stored, CompressionLevel.Fastest, leaveOpen: true);
        var lines = new ArrayBufferWriter<byte>(2_000_000);
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
            zip.Write(lines.WrittenSpan);
            if (isHashed)
            {
                ofLines.AppendData(lines.WrittenSpan);
            }

            lines.ResetWrittenCount();
        }

        await zip.DisposeAsync();
        return new Pulled(rows, file.Length);
    }

    private static Uri? Read(ReadOnlySpan<byte> page, ArrayBufferWriter<byte> lines, ref long rows)
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
                    lines.Write(page[start..(int)reader.BytesConsumed]);
                    lines.Write("\n"u8);
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
