using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// Texts of any length in table entities: short ones as they are, longer ones compressed over several binary properties, the longest
/// in a blob that is named after their content and lies there before the entity refers to it.
/// </summary>
internal sealed class StoredTexts(BlobContainerClient container, StorageHook hook)
{
    private const int LongestPlain = 30_000; // of 32 Ki characters that a property holds
    private const int ChunkSize = 60_000; // of 64 KiB
    private const int MostChunks = 8; // an entity holds 1 MiB in all
    private const string BlobSuffix = "Blob";
    private const string ChunkSuffix = "Part";

    private bool containerExists;

    public async Task PutAsync(TableEntity entity, string name, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length <= LongestPlain)
        {
            entity[name] = text;
            return;
        }

        var compressed = Compress(text);
        if (compressed.Length > ChunkSize * MostChunks)
        {
            var blob = $"{entity.PartitionKey}/{Convert.ToHexStringLower(SHA256.HashData(compressed))}.gz";
            await UploadAsync(blob, compressed);
            entity[name + BlobSuffix] = blob;
            return;
        }

        var part = 0;
        foreach (var chunk in compressed.Chunk(ChunkSize))
        {
            entity[$"{name}{ChunkSuffix}{part++}"] = chunk;
        }
    }

    public async Task<string?> GetAsync(TableEntity entity, string name)
    {
        if (entity.GetString(name) is { } plain)
        {
            return plain;
        }

        if (entity.GetString(name + BlobSuffix) is { } blob)
        {
            var content = await container.GetBlobClient(blob).DownloadContentAsync();
            return Decompress(content.Value.Content.ToArray());
        }

        var compressed = new List<byte>();
        for (var part = 0; entity.GetBinary($"{name}{ChunkSuffix}{part}") is { } chunk; part++)
        {
            compressed.AddRange(chunk);
        }

        return compressed.Count == 0 ? null : Decompress([.. compressed]);
    }

    /// <summary>Deletes the long texts of a partition.</summary>
    public async Task DeleteAsync(string partitionKey)
    {
        if (!containerExists && !await container.ExistsAsync())
        {
            return;
        }

        containerExists = true;
        await foreach (var blob in container.GetBlobsAsync(prefix: partitionKey + "/"))
        {
            await hook.AroundAsync($"delete blob {blob.Name}", () => container.DeleteBlobIfExistsAsync(blob.Name));
        }
    }

    private async Task UploadAsync(string name, byte[] content)
    {
        if (!containerExists)
        {
            await container.CreateIfNotExistsAsync();
            containerExists = true;
        }

        await hook.AroundAsync($"upload {name}", () => container.GetBlobClient(name).UploadAsync(new BinaryData(content), overwrite: true));
    }

    private static byte[] Compress(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    private static string Decompress(byte[] compressed)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
