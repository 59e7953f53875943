using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Isms.Evidence;

namespace Isms.Sealing;

/// <summary>
/// A head of the ledger, signed (in the sense of RFC 6962, 3.5): whoever has kept one can show later that the entries up to it were rewritten. The signature is ECDSA over
/// P-256 with SHA-256, in DER, over <see cref="SignedBytes"/>, so that <c>openssl dgst -sha256 -verify</c> checks it.
/// </summary>
/// <param name="Size">How many entries the ledger had.</param>
/// <param name="Root">The Merkle root over them, lower-case hex.</param>
/// <param name="At">When it was signed, UTC, to the second.</param>
/// <param name="KeyId">Which key signed it; see <see cref="SealingKey.IdOf"/>.</param>
/// <param name="Signature">The signature, Base64.</param>
public sealed record SignedHead(long Size, string Root, DateTimeOffset At, string KeyId, string Signature)
{
    /// <summary>What is signed: the canonical JSON (RFC 8785) of the size, the root, the time and the key.</summary>
    public byte[] SignedBytes() => BytesOf(Size, Root, At, KeyId);

    /// <summary>What is to be signed for a head.</summary>
    public static byte[] BytesOf(long size, string root, DateTimeOffset at, string keyId) => CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, object>
        {
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["keyId"] = keyId,
            ["root"] = root,
            ["size"] = size,
        }));

    /// <summary>Whether the signature is that of the key.</summary>
    public bool IsSignedBy(SealingKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Id != KeyId)
        {
            return false;
        }

        using var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportFromPem(key.PublicKey);
            return SealingKey.IdOf(ecdsa.ExportSubjectPublicKeyInfo()) == key.Id
                && ecdsa.VerifyData(SignedBytes(), Convert.FromBase64String(Signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return false; // What is neither a key nor a signature proves nothing.
        }
    }
}

/// <summary>The public half of a key that signs heads. It is kept when another follows it, so that what it signed can be checked for good.</summary>
/// <param name="Id">The first 16 bytes of the SHA-256 of its SubjectPublicKeyInfo, lower-case hex.</param>
/// <param name="PublicKey">The key in PEM.</param>
/// <param name="Since">When it was used first.</param>
public sealed record SealingKey(string Id, string PublicKey, DateTimeOffset Since)
{
    /// <summary>The id of a key.</summary>
    /// <param name="subjectPublicKeyInfo">The key in DER.</param>
    public static string IdOf(ReadOnlySpan<byte> subjectPublicKeyInfo) => Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo).AsSpan(0, 16));
}
