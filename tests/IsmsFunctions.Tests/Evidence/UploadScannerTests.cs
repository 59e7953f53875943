using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Isms.Rules;
using IsmsFunctions.Evidence;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Tests.Evidence;

public sealed class UploadScannerTests
{
    [Theory]
    [InlineData("stream: OK\0", null)]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", "Eicar-Test-Signature")]
    public async Task What_the_daemon_finds_is_said_and_it_was_shown_the_whole_file(string answer, string? threat)
    {
        using var daemon = new TcpListener(IPAddress.Loopback, 0);
        daemon.Start();
        var content = Enumerable.Range(0, 150_000).Select(i => (byte)i).ToArray();
        var served = ServeAsync(daemon, answer);

        Assert.Equal(threat, await ScannerAt(((IPEndPoint)daemon.LocalEndpoint).Port).FindThreatAsync(content, default));
        Assert.Equal(content, await served);
    }

    [Fact]
    public async Task A_daemon_that_does_not_answer_properly_refuses_the_upload()
    {
        using var daemon = new TcpListener(IPAddress.Loopback, 0);
        daemon.Start();
        var port = ((IPEndPoint)daemon.LocalEndpoint).Port;
        var served = ServeAsync(daemon, "INSTREAM size limit exceeded. ERROR\0");
        Assert.Equal("upload-scan-unavailable", (await Assert.ThrowsAsync<RefusedException>(() => ScannerAt(port).FindThreatAsync(new byte[10], default))).Refusal.Code);
        await served;
        daemon.Stop();
        Assert.Equal("upload-scan-unavailable", (await Assert.ThrowsAsync<RefusedException>(() => ScannerAt(port).FindThreatAsync(new byte[10], default))).Refusal.Code);
    }

    private static ClamdUploadScanner ScannerAt(int port) =>
        new(Options.Create(new UploadOptions { Clamd = "127.0.0.1:" + port.ToString(System.Globalization.CultureInfo.InvariantCulture) }));

    private static async Task<byte[]> ServeAsync(TcpListener daemon, string answer)
    {
        using var client = await daemon.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var command = new byte[10];
        await stream.ReadExactlyAsync(command);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length);
            var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (chunk.Length == 0)
            {
                break;
            }

            await stream.ReadExactlyAsync(chunk);
            content.Write(chunk);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return content.ToArray();
    }
}
