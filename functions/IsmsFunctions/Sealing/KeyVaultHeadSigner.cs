using System.Buffers.Text;
using System.Formats.Asn1;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Azure.Core;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Sealing;

/// <summary>
/// Signs with a key in Key Vault or a managed HSM, which does not give it away (https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign). The identity of the app
/// needs the role "Key Vault Crypto User".
/// </summary>
public sealed class KeyVaultHeadSigner(HttpClient http, IOptions<SealingOptions> options, TokenCredential credential) : IHeadSigner
{
    private const string Version = "api-version=7.4";
    private const int Coordinate = 32;
    private static readonly TokenRequestContext Scope = new(["https://vault.azure.net/.default"]);

    /// <inheritdoc/>
    public async Task<HeadKey> KeyAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync<KeyAnswer>(HttpMethod.Get, options.Value.KeyVaultKey!, null, cancellationToken);
        var key = answer.Key;
        if (key is not { Curve: "P-256", X: { } x, Y: { } y })
        {
            throw new InvalidOperationException($"Sealing__KeyVaultKey '{options.Value.KeyVaultKey}' is no EC key on P-256. Create it with kty EC (or EC-HSM) and crv P-256.");
        }

        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) },
        });
        return new HeadKey(key.Id, ecdsa.ExportSubjectPublicKeyInfo());
    }

    /// <inheritdoc/>
    public async Task<byte[]> SignDigestAsync(HeadKey key, byte[] digest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var version = new Uri(key.Name);
        if (version.Host != options.Value.KeyVaultKey!.Host)
        {
            throw new InvalidOperationException($"The key '{version}' is not in the vault that is configured; the token does not go there.");
        }

        var answer = await SendAsync<SignAnswer>(HttpMethod.Post, new Uri($"{version}/sign"), new { alg = "ES256", value = Base64Url.EncodeToString(digest) }, cancellationToken);
        var signature = Base64Url.DecodeFromChars(answer.Value);
        return signature.Length == 2 * Coordinate ? InDer(signature) : throw new InvalidDataException("Key Vault answered a signature that is not one of ES256.");
    }

    /// <summary>JSON Web Algorithms writes r and s side by side (RFC 7518, 3.4); openssl reads them as a sequence.</summary>
    private static byte[] InDer(ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Significant(signature[..Coordinate]));
            writer.WriteIntegerUnsigned(Significant(signature[Coordinate..]));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Significant(ReadOnlySpan<byte> number)
    {
        var trimmed = number.TrimStart((byte)0);
        return trimmed.IsEmpty ? number[^1..] : trimmed;
    }

    private async Task<T> SendAsync<T>(HttpMethod method, Uri address, object? body, CancellationToken cancellationToken)
    {
        var token = await credential.GetTokenAsync(Scope, cancellationToken);
        using var request = new HttpRequestMessage(method, new UriBuilder(address) { Query = Version }.Uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"Key Vault answered {(int)response.StatusCode} to {method} {address.AbsolutePath}. The app's identity needs the role Key Vault Crypto User on the key.",
                null,
                response.StatusCode);
        }

        return await response.Content.ReadFromJsonAsync<T>(cancellationToken) ?? throw new InvalidDataException("Key Vault answered null.");
    }

    private sealed record KeyAnswer([property: JsonPropertyName("key")] JsonWebKey Key);

    private sealed record JsonWebKey(
        [property: JsonPropertyName("kid")] string Id,
        [property: JsonPropertyName("crv")] string? Curve,
        [property: JsonPropertyName("x")] string? X,
        [property: JsonPropertyName("y")] string? Y);

    private sealed record SignAnswer([property: JsonPropertyName("value")] string Value);
}
