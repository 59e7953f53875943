using SampleTenant;

SampleTenantOptions options;
try
{
    options = CommandLine.Parse(args);
}
catch (Exception error) when (error is FormatException or ArgumentException or OverflowException or IOException)
{
    await Console.Error.WriteLineAsync($"{error.Message}{Environment.NewLine}{CommandLine.Usage}");
    return 2;
}

await using var server = await SampleTenantServer.StartAsync(options);
Console.WriteLine($"Sample tenant with {options.Users} users listens on {server.BaseAddress} (IDENTITY_ENDPOINT={server.IdentityEndpoint})");
await server.WaitForShutdownAsync();
return 0;
