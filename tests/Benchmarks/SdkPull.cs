using System.IO.Compression;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Authentication.Azure;
using Microsoft.Kiota.Serialization.Json;

namespace Benchmarks;

/// <summary>What the documentation of the Graph SDK shows: a page iterator over typed models, each written as a line of JSON.</summary>
internal static class SdkPull
{
    public static async Task<Pulled> RunAsync(SignInSource source)
    {
        var authentication = new AzureIdentityAuthenticationProvider(source.Credential, [source.Tenant.Host], null, false, source.Scope);
        using var http = GraphClientFactory.Create();
        using var client = new GraphServiceClient(http, authentication, new Uri(source.Tenant, "v1.0").ToString());
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.Write, FileShare.None, 65_536, FileOptions.DeleteOnClose);
        await using var lines = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
        var rows = 0L;
        var first = await client.AuditLogs.SignIns.WithUrl(new Uri(source.Tenant, source.Collection.Query).ToString()).GetAsync();
        var iterator = PageIterator<SignIn, SignInCollectionResponse>.CreatePageIterator(
            client, first!,
            row =>
            {
                using var writer = new JsonSerializationWriter();
                writer.WriteObjectValue(null, row);
                using var content = writer.GetSerializedContent();
                content.CopyTo(lines);
                lines.WriteByte((byte)'\n');
                rows++;
                return true;
            });
        await iterator.IterateAsync();
        await lines.DisposeAsync();
        return new Pulled(rows, file.Length);
    }
}
