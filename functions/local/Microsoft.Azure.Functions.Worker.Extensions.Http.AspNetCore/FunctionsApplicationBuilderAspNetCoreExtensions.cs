using Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Turns the ASP.NET Core integration on.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>
    /// Lets HTTP functions take <see cref="AspNetCore.Http.HttpRequest"/> and return ASP.NET Core results. Middleware that is added later
    /// runs inside: it can replace the result before it is sent.
    /// </summary>
    /// <param name="builder">The app under construction.</param>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        WebApplicationSetup.Configure(builder);
        return builder;
    }
}
