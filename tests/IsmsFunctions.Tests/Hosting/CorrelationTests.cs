using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>A request, its answer and its telemetry are found by one id.</summary>
public sealed class CorrelationTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Answers_and_problems_carry_the_id_of_the_callers_trace()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = new HttpClient { BaseAddress = AddressOf(app) };

        foreach (var (path, status) in new[] { ("api/health", 200), ("api/years", 401) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
            using var response = await client.SendAsync(request);

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(Trace, Assert.Single(response.Headers.GetValues("X-Correlation-Id")));
            Assert.Equal(status != 200, (await response.Content.ReadAsStringAsync()).Contains($"\"correlationId\":\"{Trace}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Callers_who_trace_nothing_are_told_an_id_of_their_own()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = new HttpClient { BaseAddress = AddressOf(app) };

        using var first = await client.GetAsync("api/health");
        using var second = await client.GetAsync("api/health");

        Assert.NotEmpty(first.Headers.GetValues("X-Correlation-Id").Single());
        Assert.NotEqual(first.Headers.GetValues("X-Correlation-Id").Single(), second.Headers.GetValues("X-Correlation-Id").Single());
    }

    private static Uri AddressOf(RunningApp app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}
