namespace IsmsFunctions.Sealing;

/// <summary>Signs with a key that never leaves where it is kept.</summary>
public interface IHeadSigner
{
    /// <summary>The public key that signs now, as SubjectPublicKeyInfo in DER.</summary>
    /// <exception cref="Isms.Rules.RefusedException">No key is configured.</exception>
    Task<HeadKey> KeyAsync(CancellationToken cancellationToken);

    /// <summary>Signs with a key that <see cref="KeyAsync"/> named: ECDSA over P-256, in DER.</summary>
    /// <param name="key">The key.</param>
    /// <param name="digest">The SHA-256 of what is signed.</param>
    /// <param name="cancellationToken">Cancels before it is signed.</param>
    Task<byte[]> SignDigestAsync(HeadKey key, byte[] digest, CancellationToken cancellationToken);
}

/// <summary>A key that signs.</summary>
/// <param name="Name">What the place where it is kept calls it.</param>
/// <param name="SubjectPublicKeyInfo">The public key in DER.</param>
public sealed record HeadKey(string Name, byte[] SubjectPublicKeyInfo);
