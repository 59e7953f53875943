using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Isms.Sealing;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Sealing;

/// <summary>What a time-stamping authority said about a signed head.</summary>
/// <param name="Size">The size of the head.</param>
/// <param name="Authority">The authority's address.</param>
/// <param name="At">When the authority saw it, by its own clock.</param>
/// <param name="Token">The token (RFC 3161, 2.4.2), Base64.</param>
public sealed record Anchor(long Size, string Authority, DateTimeOffset At, string Token);

/// <summary>
/// A time-stamping authority (RFC 3161): it is shown the hash of a signed head and nothing else, and its token says that the head existed by then. What is out of our reach
/// can be rewritten by nobody who got in here.
/// </summary>
public sealed class TimestampAuthority(HttpClient http, IOptions<SealingOptions> options)
{
    private const int NonceBytes = 16;
    private const int LargestAnswer = 100_000;

    /// <summary>Whether there is one to ask.</summary>
    public bool IsConfigured => options.Value.TimestampAuthority is not null;

    /// <summary>Asks for a token.</summary>
    /// <exception cref="HttpRequestException">The authority does not answer, or refuses.</exception>
    /// <exception cref="CryptographicException">Its answer is no token for this head, or not of somebody who is trusted.</exception>
    public async Task<Anchor> StampAsync(SignedHead head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        nonce[0] &= 0x7f; // It is a positive number.
        var asked = Rfc3161TimestampRequest.CreateFromData(head.SignedBytes(), HashAlgorithmName.SHA256, nonce: nonce, requestSignerCertificates: true);
        using var content = new ByteArrayContent(asked.Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.TimestampAuthority) { Content = content };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        var token = asked.ProcessResponse(await response.Content.ReadAsByteArrayAsync(cancellationToken), out _);
        var anchor = new Anchor(head.Size, options.Value.TimestampAuthority!.ToString(), token.TokenInfo.Timestamp, Convert.ToBase64String(token.AsSignedCms().Encode()));
        return Proves(anchor, head) ? anchor : throw new CryptographicException("The token is not of an authority that Sealing__TimestampRoots leads to.");
    }

    /// <summary>Whether a token is one for this head, of somebody who is trusted.</summary>
    public bool Proves(Anchor anchor, SignedHead head)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        ArgumentNullException.ThrowIfNull(head);
        try
        {
            return Rfc3161TimestampToken.TryDecode(Convert.FromBase64String(anchor.Token), out var token, out _)
                && token.TokenInfo.Timestamp == anchor.At
                && token.VerifySignatureForData(head.SignedBytes(), out var signer)
                && IsTrusted(signer, token);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private bool IsTrusted(X509Certificate2 signer, Rfc3161TimestampToken token)
    {
        if (options.Value.TimestampRoots is not { Length: > 0 } path)
        {
            return true;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(path);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime; // It proves the past: that its certificate has lapsed since takes nothing away.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(signer);
    }
}
