using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Tests.Worker;

public sealed class SettingsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("settings");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void Local_settings_are_read_like_environment_variables_and_arguments_win()
    {
        Write("local.settings.json", """{ "IsEncrypted": false, "Values": { "Graph__BaseAddress": "http://a", "Culture": "ja-JP" } }""");

        var settings = Builder("Culture=en-US").Configuration;

        Assert.Equal("http://a", settings["Graph:BaseAddress"]);
        Assert.Equal("en-US", settings["Culture"]);
    }

    [Fact]
    public void Host_json_sets_route_prefix_timeout_and_log_levels()
    {
        Write("host.json", """
            {
              // comments are allowed in host.json
              "version": "2.0",
              "functionTimeout": "00:30:00",
              "logging": { "logLevel": { "default": "Error", "Quiet.Category": "None" } },
              "extensions": { "http": { "routePrefix": "isms" } }
            }
            """);
        var builder = new FunctionsApplicationBuilder([$"--FUNCTIONS_APPLICATION_DIRECTORY={directory.FullName}"], new AppParts([], []));
        using var host = builder.Build();

        var hostJson = host.Services.GetRequiredService<HostJson>();
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();

        Assert.Equal("isms", hostJson.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), hostJson.FunctionTimeout);
        Assert.False(loggers.CreateLogger("Any").IsEnabled(LogLevel.Warning));
        Assert.True(loggers.CreateLogger("Any").IsEnabled(LogLevel.Error));
        Assert.False(loggers.CreateLogger("Quiet.Category").IsEnabled(LogLevel.Critical));
    }

    [Fact]
    public void Settings_override_host_json()
    {
        Write("host.json", """{ "extensions": { "http": { "routePrefix": "isms" } } }""");
        using var host = Builder("AzureFunctionsJobHost:extensions:http:routePrefix=v2").Build();

        Assert.Equal("v2", host.Services.GetRequiredService<HostJson>().RoutePrefix);
    }

    [Fact]
    public void The_app_s_files_are_its_content_root()
    {
        Assert.Equal(directory.FullName, Builder().Environment.ContentRootPath.TrimEnd(Path.DirectorySeparatorChar));
    }

    [Fact]
    public void The_app_s_own_default_clock_does_not_displace_the_virtual_one()
    {
        var builder = Builder(TestApp.VirtualClock());
        builder.Services.TryAddSingleton(TimeProvider.System);
        using var host = builder.Build();

        Assert.Equal(TestApp.Start, host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    [Fact]
    public void Without_a_setting_the_clock_is_the_system_s()
    {
        using var host = Builder().Build();

        Assert.Same(TimeProvider.System, host.Services.GetRequiredService<TimeProvider>());
        Assert.Null(host.Services.GetService<VirtualTimeProvider>());
    }

    [Theory]
    [InlineData("Local:Clock=virtual")]
    [InlineData("Local:Clock=sundial")]
    public void A_clock_that_cannot_be_made_is_refused(string setting)
    {
        Assert.Throws<InvalidOperationException>(() => Builder(setting));
    }

    [Fact]
    public async Task A_restarted_app_goes_on_at_the_instant_in_the_clock_file()
    {
        var file = Path.Combine(directory.FullName, "clock");
        var settings = TestApp.VirtualClock($"Local:ClockFile={file}");
        using (var host = Builder(settings).Build())
        {
            await host.Services.GetRequiredService<VirtualTimeProvider>().RunUntilAsync(TestApp.Start.AddDays(3));
        }

        using var restarted = Builder(settings).Build();

        Assert.Equal(TestApp.Start.AddDays(3), restarted.Services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    [Fact]
    public void An_app_is_built_once()
    {
        var builder = Builder();
        using var host = builder.Build();

        Assert.Throws<InvalidOperationException>(builder.Build);
        Assert.Throws<InvalidOperationException>(() => builder.Use(next => next));
    }

    private FunctionsApplicationBuilder Builder(params string[] settings) =>
        TestApp.Builder(typeof(object), [.. settings, $"FUNCTIONS_APPLICATION_DIRECTORY={directory.FullName}"]);

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(directory.FullName, file), content);
}
