using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace IsmsFunctions.Portal;

/// <summary>A file of the portal.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="MediaType">Its media type.</param>
public sealed record PortalFile(ReadOnlyMemory<byte> Content, string MediaType);

/// <summary>
/// The portal's files, which travel inside the assembly. One version names them all: it is a part of their address, so that browsers may keep them for ever, and
/// modules that import one another by relative addresses always meet files of the same version.
/// </summary>
public sealed class PortalFiles
{
    private const string Prefix = "portal/";
    private const string VersionMark = "{version}";
    private readonly Dictionary<string, PortalFile> files = [];

    /// <summary>Reads the files out of the assembly.</summary>
    public PortalFiles()
    {
        var assembly = typeof(PortalFiles).Assembly;
        var contents = assembly.GetManifestResourceNames()
            .Select(name => (Resource: name, Path: name.Replace('\\', '/')))
            .Where(f => f.Path.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => (Path: f.Path[Prefix.Length..], Bytes: Read(assembly, f.Resource)))
            .ToList();
        Version = VersionOf(contents);
        foreach (var (path, bytes) in contents)
        {
            files[path] = new PortalFile(bytes, MediaTypeOf(path));
        }

        var page = Encoding.UTF8.GetString(files["index.html"].Content.Span).Replace(VersionMark, Version, StringComparison.Ordinal);
        Page = new PortalFile(Encoding.UTF8.GetBytes(page), MediaTypeOf("index.html"));
    }

    /// <summary>What the files are, in twelve hexadecimal digits: another one as soon as one byte of one of them is.</summary>
    public string Version { get; }

    /// <summary>The one page.</summary>
    public PortalFile Page { get; }

    /// <summary>A file of this version; null when there is none.</summary>
    public PortalFile? Find(string version, string path) => version == Version ? files.GetValueOrDefault(path) : null;

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string VersionOf(IEnumerable<(string Path, byte[] Bytes)> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\n"));
            hash.AppendData(SHA256.HashData(bytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static string MediaTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
