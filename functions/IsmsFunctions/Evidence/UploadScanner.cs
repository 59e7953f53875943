using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Isms.Rules;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Evidence;

/// <summary>The settings under <c>Uploads__</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Uploads";

    /// <summary>The largest that one upload may be, all its files together.</summary>
    public int Megabytes { get; set; } = 50;

    /// <summary>
    /// The kinds of file that are taken, as extensions separated by commas, such as <c>pdf,docx,zip</c>; when left out, documents, pictures, recordings, mails and text, and no
    /// archives.
    /// </summary>
    public string? Kinds { get; set; }

    /// <summary>Host and port of a ClamAV daemon, such as <c>clamav:3310</c>, that looks at each upload; none, when left out.</summary>
    public string? Clamd { get; set; }
}

/// <summary>Looks for malware in what people upload, before it becomes evidence.</summary>
public interface IUploadScanner
{
    /// <summary>What the manifest says about who looked: <c>none</c> when nobody did.</summary>
    string Name { get; }

    /// <summary>What was found in a file; null for nothing.</summary>
    /// <exception cref="RefusedException">The scanner cannot be asked: what nobody looked at is not taken.</exception>
    Task<string?> FindThreatAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}

/// <summary>No scanner is configured; manifests say so.</summary>
public sealed class NoUploadScanner : IUploadScanner
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public Task<string?> FindThreatAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}

/// <summary>Asks a ClamAV daemon by its command INSTREAM (https://docs.clamav.net/manual/Usage/Scanning.html#clamd).</summary>
public sealed class ClamdUploadScanner(IOptions<UploadOptions> options) : IUploadScanner
{
    private const int ChunkLength = 65_536;
    private const string Clean = "stream: OK";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "clamd";

    /// <inheritdoc/>
    public async Task<string?> FindThreatAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await AskAsync(content, patience.Token);
            return answer == Clean ? null
                : answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) ? answer[8..^6]
                : throw Unavailable();
        }
        catch (Exception e) when (e is SocketException or IOException or FormatException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Unavailable();
        }
    }

    private async Task<string> AskAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var place = options.Value.Clamd!.Split(':');
        using var client = new TcpClient();
        await client.ConnectAsync(place[0], int.Parse(place[1], System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        var length = new byte[4];
        for (; !content.IsEmpty; content = content[Math.Min(ChunkLength, content.Length)..])
        {
            var chunk = content[..Math.Min(ChunkLength, content.Length)];
            BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
            await stream.WriteAsync(length, cancellationToken);
            await stream.WriteAsync(chunk, cancellationToken);
        }

        BinaryPrimitives.WriteInt32BigEndian(length, 0);
        await stream.WriteAsync(length, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return (await reader.ReadToEndAsync(cancellationToken)).TrimEnd('\0', '\n');
    }

    private static RefusedException Unavailable() => new(Refusal.Of(RefusalKind.Failed, "upload-scan-unavailable"));
}
