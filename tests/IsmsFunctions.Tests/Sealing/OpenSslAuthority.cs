using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Tests.Sealing;

/// <summary>A time-stamping authority on this machine: <c>openssl ts</c>, with a root and a certificate for time stamps, behind HTTP.</summary>
internal sealed class OpenSslAuthority : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("isms-tsa-").FullName;
    private WebApplication? server;

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether it answers at all.</summary>
    public bool Away { get; set; }

    public string Roots => Path.Combine(folder, "root.pem");

    public static async Task<OpenSslAuthority> StartAsync()
    {
        var authority = new OpenSslAuthority();
        await authority.MakeCertificatesAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        authority.server = builder.Build();
        authority.server.MapPost("/", authority.AnswerAsync);
        await authority.server.StartAsync();
        authority.Address = new Uri(authority.server.Urls.Single());
        return authority;
    }

    /// <summary>Whether <c>openssl ts -verify</c> accepts a token for these bytes.</summary>
    public async Task<bool> AcceptsAsync(byte[] token, byte[] data)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "token"), token);
        await File.WriteAllBytesAsync(Path.Combine(folder, "data"), data);
        return await RunAsync("ts", "-verify", "-in", "token", "-token_in", "-data", "data", "-CAfile", "root.pem") == 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        if (Away)
        {
            return Results.StatusCode(503);
        }

        await using (var file = File.Create(Path.Combine(folder, "query")))
        {
            await request.Body.CopyToAsync(file);
        }

        await MustAsync("ts", "-reply", "-queryfile", "query", "-out", "reply", "-config", "tsa.conf");
        return Results.Bytes(await File.ReadAllBytesAsync(Path.Combine(folder, "reply")), "application/timestamp-reply");
    }

    private async Task MakeCertificatesAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "tsa.conf"), """
            [tsa]
            default_tsa = authority
            [authority]
            dir = .
            serial = serial
            signer_cert = signer.pem
            certs = root.pem
            signer_key = signer.key
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            [root]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign
            [signer]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "serial"), "01\n");
        await MustAsync("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "2",
            "-subj", "/CN=Root of the tests", "-config", "tsa.conf", "-extensions", "root");
        await MustAsync("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "signer.key", "-out", "signer.csr", "-subj", "/CN=Time stamps of the tests", "-config", "tsa.conf");
        await MustAsync("x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "2", "-out", "signer.pem",
            "-extfile", "tsa.conf", "-extensions", "signer");
    }

    private async Task MustAsync(params string[] arguments)
    {
        if (await RunAsync(arguments) != 0)
        {
            throw new InvalidOperationException($"openssl {string.Join(' ', arguments)} failed.");
        }
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = Task.WhenAll(openssl.StandardOutput.ReadToEndAsync(), openssl.StandardError.ReadToEndAsync());
        await openssl.WaitForExitAsync();
        await output;
        return openssl.ExitCode;
    }
}
