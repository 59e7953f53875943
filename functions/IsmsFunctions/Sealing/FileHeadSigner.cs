using System.Security.Cryptography;
using System.Text;
using Isms.Rules;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Sealing;

/// <summary>Signs with a private key in a file, for runs on one machine. The file is made at its first use, readable by its owner only.</summary>
public sealed class FileHeadSigner(IOptions<SealingOptions> options) : IHeadSigner
{
    /// <inheritdoc/>
    public Task<HeadKey> KeyAsync(CancellationToken cancellationToken)
    {
        using var key = Load();
        return Task.FromResult(new HeadKey(options.Value.KeyFile!, key.ExportSubjectPublicKeyInfo()));
    }

    /// <inheritdoc/>
    public Task<byte[]> SignDigestAsync(HeadKey key, byte[] digest, CancellationToken cancellationToken)
    {
        using var loaded = Load();
        return Task.FromResult(loaded.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence));
    }

    private ECDsa Load()
    {
        var path = options.Value.KeyFile is { Length: > 0 } file
            ? file
            : throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "sealing-key-missing"));
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!File.Exists(path))
        {
            Create(path, key.ExportPkcs8PrivateKeyPem());
        }

        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    private static void Create(string path, string pem)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written aside and moved, so that a crash in between does not leave half a key.
        var aside = path + ".new";
        File.Delete(aside);
        using (var stream = new FileStream(aside, creation))
        {
            stream.Write(Encoding.ASCII.GetBytes(pem));
        }

        File.Move(aside, path, overwrite: false);
    }
}
