using System.Net;
using System.Net.Http.Json;
using LocalRuntime.Tests.Worker;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Tests.Http;

public sealed class HttpFunctionTests
{
    public sealed class Functions
    {
        [Function("Hello")]
        public IActionResult Hello([HttpTrigger(AuthorizationLevel.Function, "get", "post")] HttpRequest request) =>
            new OkObjectResult(new { method = request.Method });

        [Function("Get")]
        public static IResult Get([HttpTrigger("get", Route = "audits/{id:int}/{tag?}")] HttpRequest request, int id, string? tag) =>
            Results.Text($"{id} {tag ?? "none"}");

        [Function("Create")]
        public static async Task<IResult> Create([HttpTrigger("post", Route = "audits")] HttpRequest request) =>
            Results.Created("/api/audits/7", await request.ReadFromJsonAsync<Dictionary<string, string>>());

        [Function("ByGuid")]
        public static async Task<IActionResult> ByGuid([HttpTrigger("get", Route = "by/{key}")] HttpRequest request, Guid key)
        {
            await Task.Yield();
            return new ContentResult { Content = key.ToString("N") };
        }

        [Function("Text")]
        public static string Text([HttpTrigger("get", Route = "text")] HttpRequest request) => "not an HTTP result";

        [Function("Writes")]
        public static Task Writes([HttpTrigger("get", Route = "writes")] HttpRequest request, FunctionContext context) =>
            context.GetHttpContext()!.Response.WriteAsync("written by hand");

        [Function("Fails")]
        public static IResult Fails([HttpTrigger("get", Route = "fails")] HttpRequest request) => throw new Exception("a secret");

        [Function("Problem")]
        public static IResult Problem([HttpTrigger("get", Route = "problem")] HttpRequest request) => Results.Problem("why", statusCode: 409);

        [Function("File")]
        public static IActionResult File([HttpTrigger("get", Route = "files/{*path}")] HttpRequest request, string path) =>
            new FileContentResult(System.Text.Encoding.UTF8.GetBytes(path), "text/plain");

        [Function("Off")]
        public static IResult Off([HttpTrigger("get", Route = "off")] HttpRequest request) => Results.Ok();
    }

    public sealed class Portal
    {
        [Function("Page")]
        public static IResult Page([HttpTrigger("get", Route = "{*path}")] HttpRequest request, string? path) => Results.Text($"page '{path}'");

        [Function("Health")]
        public static IResult Health([HttpTrigger("get", Route = "api/health")] HttpRequest request) => Results.Text("healthy");
    }

    [Theory]
    [InlineData("/api/Hello", "{\"method\":\"GET\"}")]
    [InlineData("/api/hello", "{\"method\":\"GET\"}")]
    [InlineData("/api/audits/7", "7 none")]
    [InlineData("/api/audits/7/open", "7 open")]
    [InlineData("/api/by/0b1c6a4e-53a4-4a3a-9a34-3a3f0c6e6f10", "0b1c6a4e53a44a3a9a343a3f0c6e6f10")]
    [InlineData("/api/files/a/b.txt", "a/b.txt")]
    [InlineData("/api/writes", "written by hand")]
    [InlineData("/api/text", "")]
    public async Task A_request_is_answered_by_the_function_of_its_route(string path, string expected)
    {
        await using var app = await TestApp.StartWebAsync(typeof(Functions));

        var response = await app.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/Hello", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/audits/seven", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/Hello", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/fails", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/api/by/not-a-guid", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/api/problem", HttpStatusCode.Conflict)]
    public async Task Other_requests_get_the_status_that_says_why(string method, string path, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartWebAsync(typeof(Functions));

        var response = await app.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task An_exception_is_answered_without_its_details()
    {
        await using var app = await TestApp.StartWebAsync(typeof(Functions));

        var response = await app.Http.GetAsync("/api/fails");

        Assert.Equal(string.Empty, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_is_read_and_a_location_returned()
    {
        await using var app = await TestApp.StartWebAsync(typeof(Functions));

        var response = await app.Http.PostAsJsonAsync("/api/audits", new { title = "内部監査" });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/audits/7", response.Headers.Location!.ToString());
        Assert.Equal("内部監査", (await response.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["title"]);
    }

    [Fact]
    public async Task A_problem_is_sent_as_problem_details()
    {
        await using var app = await TestApp.StartWebAsync(typeof(Functions));

        var response = await app.Http.GetAsync("/api/problem");

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Without_a_prefix_a_catch_all_serves_pages_and_longer_routes_win()
    {
        await using var app = await TestApp.StartWebAsync(typeof(Portal), "AzureFunctionsJobHost:extensions:http:routePrefix=");

        Assert.Equal("page ''", await app.Http.GetStringAsync("/"));
        Assert.Equal("page 'audits/7'", await app.Http.GetStringAsync("/audits/7"));
        Assert.Equal("healthy", await app.Http.GetStringAsync("/api/health"));
    }

    [Theory]
    [InlineData("AzureWebJobs.Off.Disabled=true")]
    [InlineData("AzureWebJobs:Off:Disabled=1")]
    public async Task A_function_that_is_switched_off_is_not_found(string setting)
    {
        await using var app = await TestApp.StartWebAsync(typeof(Functions), setting);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("/api/off")).StatusCode);
    }

    [Fact]
    public async Task Middleware_added_after_the_integration_can_replace_the_result()
    {
        var builder = TestApp.Builder(typeof(Functions)).ConfigureFunctionsWebApplication();
        builder.UseMiddleware(async (context, next) =>
        {
            await next();
            Assert.IsType<OkObjectResult>(context.GetInvocationResult().Value);
            context.GetInvocationResult().Value = Results.StatusCode(StatusCodes.Status418ImATeapot);
        });
        await using var app = await TestApp.StartAsync(builder);

        Assert.Equal(418, (int)(await app.Http.GetAsync("/api/Hello")).StatusCode);
    }

    [Fact]
    public async Task Middleware_added_before_the_integration_finds_the_response_sent()
    {
        var started = new List<bool>();
        var builder = TestApp.Builder(typeof(Functions));
        builder.UseMiddleware(async (context, next) =>
        {
            started.Add(context.GetHttpContext() is not null);
            await next();
            started.Add(context.GetHttpContext()!.Response.HasStarted);
        });
        builder.ConfigureFunctionsWebApplication();
        await using var app = await TestApp.StartAsync(builder);

        await app.Http.GetStringAsync("/api/Hello");

        Assert.Equal([true, true], started);
    }

    [Fact]
    public async Task Middleware_can_answer_instead_of_the_function()
    {
        var builder = TestApp.Builder(typeof(Functions)).ConfigureFunctionsWebApplication();
        builder.UseMiddleware((context, _) =>
        {
            context.GetInvocationResult().Value = new UnauthorizedResult();
            return Task.CompletedTask;
        });
        await using var app = await TestApp.StartAsync(builder);

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.GetAsync("/api/Hello")).StatusCode);
    }

    [Fact]
    public async Task Results_take_their_services_from_the_invocation()
    {
        var builder = TestApp.Builder(typeof(Scoped)).ConfigureFunctionsWebApplication();
        builder.Services.AddScoped<Scoped.Service>();
        await using var app = await TestApp.StartAsync(builder);

        Assert.Equal("same", await app.Http.GetStringAsync("/api/Scoped"));
    }

    public sealed class Scoped(Scoped.Service service)
    {
        public sealed class Service;

        [Function("Scoped")]
        public IResult Run([HttpTrigger("get")] HttpRequest request) =>
            Results.Text(ReferenceEquals(service, request.HttpContext.RequestServices.GetRequiredService<Service>()) ? "same" : "another");
    }

    [Fact]
    public async Task The_token_of_a_function_is_cancelled_when_the_client_leaves()
    {
        var builder = TestApp.Builder(typeof(Waiting)).ConfigureFunctionsWebApplication();
        var signals = new Waiting.Signals();
        builder.Services.AddSingleton(signals);
        await using var app = await TestApp.StartAsync(builder);
        using var leaving = new CancellationTokenSource();

        var request = app.Http.GetAsync("/api/Waiting", leaving.Token);
        await signals.Started.Task;
        await leaving.CancelAsync();

        await signals.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    public sealed class Waiting(Waiting.Signals signals)
    {
        public sealed class Signals
        {
            public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        [Function("Waiting")]
        public async Task<IResult> Run([HttpTrigger("get")] HttpRequest request, CancellationToken cancellationToken)
        {
            using var registration = cancellationToken.Register(signals.Cancelled.SetResult);
            signals.Started.SetResult();
            await signals.Cancelled.Task;
            return Results.Ok();
        }
    }

    [Fact]
    public async Task The_server_listens_on_the_loopback_address_only()
    {
        await using var app = await TestApp.StartWebAsync(typeof(Functions));

        Assert.Equal("127.0.0.1", app.Http.BaseAddress!.Host);
        Assert.NotEqual(0, app.Http.BaseAddress.Port);
    }

    [Fact]
    public async Task An_app_whose_HTTP_trigger_takes_something_else_does_not_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartWebAsync(typeof(Wrong)));

        Assert.Contains("'Wrong'", error.Message, StringComparison.Ordinal);
    }

    public static class Wrong
    {
        [Function("Wrong")]
        public static IResult Run([HttpTrigger("get")] string body) => Results.Text(body);
    }
}
