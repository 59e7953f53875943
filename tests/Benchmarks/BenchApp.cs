using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IsmsFunctions.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmarks;

/// <summary>The app in this process, which counts what it asks the storage for: together, and for each request over HTTP.</summary>
internal sealed class BenchApp : IAsyncDisposable
{
    private readonly IHost host;
    private readonly Counter counter;

    private BenchApp(IHost host, Counter counter, StorageAccounts storage)
    {
        (this.host, this.counter, Storage) = (host, counter, storage);
        Address = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public StorageAccounts Storage { get; }

    public IServiceProvider Services => host.Services;

    /// <summary>How many requests to storage there have been.</summary>
    public int StorageRequests => counter.Count;

    public static async Task<BenchApp> StartAsync(string storage, string organization)
    {
        var context = new HttpContextAccessor();
        var counter = new Counter(context);
        var (tables, blobs) = (new TableClientOptions(), new BlobClientOptions());
        tables.AddPolicy(counter, HttpPipelinePosition.PerCall);
        blobs.AddPolicy(counter, HttpPipelinePosition.PerCall);
        var accounts = new StorageAccounts(new TableServiceClient(storage, tables), new BlobServiceClient(storage, blobs));
        string[] settings =
        [
            "--Local:Port=0", "--Logging:LogLevel:Default=Error", "--Isms:Identity=Personas", $"--AzureWebJobsStorage={storage}", "--Notifications:Transport=None",
            $"--Isms:OrganizationFile={organization}", "--Schedules:EvidenceCheck=0 0 0 1 1 *", "--AzureWebJobs:CollectSignInsOnSchedule:Disabled=true",
            "--AzureWebJobs:CollectAccessRightsOnSchedule:Disabled=true", "--AzureWebJobs:CollectOnSchedule:Disabled=true", "--Training:Roster=Settings",
        ];
        var host = IsmsApp.Build(settings, builder => builder.Services.AddSingleton(accounts).AddSingleton<IHttpContextAccessor>(context));
        await host.StartAsync();
        return new BenchApp(host, counter, accounts);
    }

    /// <summary>How many requests to storage each request over HTTP made since this was asked last, by its path and query.</summary>
    public IReadOnlyDictionary<string, int> TakeRequests() => counter.Take();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private sealed class Counter(HttpContextAccessor context) : HttpPipelinePolicy
    {
        private ConcurrentDictionary<string, int> byRequest = new();
        private int count;

        public int Count => Volatile.Read(ref count);

        public ConcurrentDictionary<string, int> Take() => Interlocked.Exchange(ref byRequest, new ConcurrentDictionary<string, int>());

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Note();
            ProcessNext(message, pipeline);
        }

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Note();
            return ProcessNextAsync(message, pipeline);
        }

        private void Note()
        {
            Interlocked.Increment(ref count);
            if (context.HttpContext?.Request is { } request)
            {
                byRequest.AddOrUpdate(request.Path + request.QueryString, 1, (_, before) => before + 1);
            }
        }
    }
}
