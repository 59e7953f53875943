using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Functions that settings switch off: <c>AzureWebJobs.Name.Disabled</c> or <c>AzureWebJobs__Name__Disabled</c>.</summary>
internal static class DisabledFunctions
{
    public static bool Contains(IConfiguration settings, string function) =>
        IsTrue(settings[$"AzureWebJobs.{function}.Disabled"]) || IsTrue(settings[$"AzureWebJobs:{function}:Disabled"]);

    private static bool IsTrue(string? value) => value == "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
