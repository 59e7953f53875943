using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore;

/// <summary>Puts a web server, the routes of the functions, and the administrative endpoints into an app.</summary>
internal static class WebApplicationSetup
{
    private const int DefaultPort = 7071;

    public static void Configure(FunctionsApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ImplementationType == typeof(HttpProxyingMiddleware)))
        {
            return;
        }

        builder.UseMiddleware<HttpProxyingMiddleware>();
        builder.Services.AddMvcCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<FunctionEndpoints>();
        new ImmediateHostBuilder(builder).ConfigureWebHost(web => web
            .UseKestrel((_, kestrel) => kestrel.Listen(IPAddress.Loopback, builder.Configuration.GetValue("Local:Port", DefaultPort)))
            .Configure(Pipeline));
    }

    private static void Pipeline(IApplicationBuilder app)
    {
        app.UseMiddleware<RequestWork>();
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            foreach (var contributor in app.ApplicationServices.GetServices<IEndpointContributor>())
            {
                contributor.Map(endpoints);
            }

            app.ApplicationServices.GetRequiredService<FunctionEndpoints>().Map(endpoints);
        });
    }
}
