using System.Diagnostics.CodeAnalysis;

namespace Azure.Data.Tables.Protocol;

/// <summary>What a connection string says about the table service.</summary>
internal sealed record TableConnectionString(Uri Endpoint, TableSharedKeyCredential Credential)
{
    private const string EmulatorAccount = "devstoreaccount1";

    // The emulator's published key.
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>
    /// Reads <c>UseDevelopmentStorage=true</c>, or an account name and key with a <c>TableEndpoint</c> or an <c>EndpointSuffix</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not a list of names and values.</exception>
    /// <exception cref="ArgumentException">It does not say enough.</exception>
    public static TableConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var settings = Split(connectionString);
        if (settings.TryGetValue("UseDevelopmentStorage", out var emulator) && emulator.Equals("true", StringComparison.OrdinalIgnoreCase))
            return Emulator(settings.GetValueOrDefault("DevelopmentStorageProxyUri"));

        if (!Has(settings, "AccountName", out var name) || !Has(settings, "AccountKey", out var key))
            throw new ArgumentException("No valid combination of account information found.", nameof(connectionString));
        if (Has(settings, "TableEndpoint", out var endpoint))
            return new(new Uri(endpoint), new(name, key));
        if (Has(settings, "EndpointSuffix", out var suffix))
            return new(new Uri($"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.table.{suffix}"), new(name, key));
        throw new ArgumentException("No valid combination of account information found.", nameof(connectionString));
    }

    private static TableConnectionString Emulator(string? proxy)
    {
        var builder = proxy is null ? new UriBuilder("http", "127.0.0.1") : new UriBuilder(proxy);
        (builder.Port, builder.Path) = (10002, EmulatorAccount);
        return new(builder.Uri, new(EmulatorAccount, EmulatorKey));
    }

    private static bool Has(Dictionary<string, string> settings, string name, [NotNullWhen(true)] out string? value) =>
        settings.TryGetValue(name, out value) && value.Length > 0;

    private static Dictionary<string, string> Split(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var separator = part.IndexOf('=', StringComparison.Ordinal);
            if (separator <= 0 || !settings.TryAdd(part[..separator].Trim(), part[(separator + 1)..].Trim()))
                throw new InvalidOperationException("Connection string doesn't have value for keyword, or names one twice.");
        }
        return settings;
    }
}
