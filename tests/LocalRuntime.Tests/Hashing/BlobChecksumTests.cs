using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Hashing;

/// <summary>Azure.Storage.Blobs as shipped, on this System.IO.Hashing.</summary>
public sealed class BlobChecksumTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Theory]
    [InlineData(StorageChecksumAlgorithm.None)]
    [InlineData(StorageChecksumAlgorithm.MD5)]
    public async Task Blobs_upload_and_download_with_the_transfer_validation_that_the_emulator_knows(StorageChecksumAlgorithm algorithm)
    {
        var container = new BlobContainerClient(azurite.ConnectionString, azurite.UniqueName("blobs"));
        await container.CreateAsync();
        var blob = container.GetBlobClient("証跡/サインイン.ndjson");
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("実施した証拠 ", 50_000)));

        await blob.UploadAsync(new MemoryStream(content), InBlocks(algorithm));

        var download = await blob.DownloadContentAsync();
        Assert.Equal(content, download.Value.Content.ToArray());
    }

    [Fact]
    public async Task Crc_64_of_an_upload_is_computed_and_sent()
    {
        // Azurite refuses the header in its strict mode, so the service is a recorder here.
        using var service = new Recorder();
        var options = new BlobClientOptions { Transport = new HttpClientTransport(service) };
        var blob = new BlobClient(new Uri("https://account.blob.core.windows.net/container/blob"), options);

        await blob.UploadAsync(
            new MemoryStream("123456789"u8.ToArray()),
            new BlobUploadOptions { TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.StorageCrc64 } });

        // The check value of the polynomial that Azure Storage uses (CRC-64/NVME), least significant byte first.
        Assert.Equal(BitConverter.GetBytes(0xAE8B_1486_0A79_9888), Convert.FromBase64String(service.Crc64!));
    }

    [Fact]
    public async Task Crc_64_of_a_large_upload_in_blocks_is_composed()
    {
        using var service = new Recorder();
        var options = new BlobClientOptions { Transport = new HttpClientTransport(service) };
        var blob = new BlobClient(new Uri("https://account.blob.core.windows.net/container/blob"), options);

        await blob.UploadAsync(new MemoryStream(new byte[1_000_000]), InBlocks(StorageChecksumAlgorithm.StorageCrc64));

        Assert.Equal(4, service.Blocks);
    }

    private static BlobUploadOptions InBlocks(StorageChecksumAlgorithm algorithm) => new()
    {
        TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = algorithm },
        TransferOptions = new StorageTransferOptions { InitialTransferSize = 256 * 1024, MaximumTransferSize = 256 * 1024 },
    };

    private sealed class Recorder : HttpMessageHandler
    {
        private int blocks;

        public string? Crc64 { get; private set; }

        public int Blocks => blocks;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.TryGetValues("x-ms-content-crc64", out var values) || request.Content?.Headers.TryGetValues("x-ms-content-crc64", out values) == true)
            {
                Crc64 = values!.Single();
                Interlocked.Increment(ref blocks);
            }
            var response = new HttpResponseMessage(HttpStatusCode.Created) { Content = new ByteArrayContent([]) };
            response.Headers.Add("ETag", "\"0x1\"");
            response.Headers.Add("x-ms-request-server-encrypted", "true");
            response.Content.Headers.LastModified = DateTimeOffset.UnixEpoch;
            if (Crc64 is not null)
                response.Headers.Add("x-ms-content-crc64", Crc64);
            return Task.FromResult(response);
        }
    }
}
