using System.Diagnostics;
using Xunit;

namespace IsmsFunctions.Testing;

/// <summary>
/// Storage for a test class or collection: use it as <c>IClassFixture&lt;AzuriteFixture&gt;</c> or
/// <c>ICollectionFixture&lt;AzuriteFixture&gt;</c>. All fixtures of a test process share one Azurite,
/// so tests keep apart by <see cref="UniqueName"/>.
/// </summary>
/// <remarks>
/// With a connection string in the environment variable <c>ISMS_TEST_STORAGE</c> that storage is used instead,
/// and nothing is started.
/// </remarks>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const string ExternalStorageVariable = "ISMS_TEST_STORAGE";

    // Keeps runs apart when ISMS_TEST_STORAGE names a storage that outlives them.
    private static readonly string Run = RunId();

    private static int lastName;

    private string? connectionString;
    private bool holdsSharedAzurite;

    /// <summary>The storage account's connection string, with explicit blob, queue and table endpoints.</summary>
    public string ConnectionString =>
        connectionString ?? throw new InvalidOperationException("The fixture is not initialised; let xunit create it.");

    /// <summary>
    /// A name that no other test of this process, and no earlier run against the same storage, has used. It is valid for tables
    /// and containers alike: lower-case letters and digits, at most 63 of them.
    /// </summary>
    /// <param name="prefix">Lower-case letters and digits, starting with a letter; at most 40 characters.</param>
    public string UniqueName(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        if (prefix.Length > 40 || !char.IsAsciiLetterLower(prefix[0]) || !prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            throw new ArgumentException("Use at most 40 lower-case letters and digits, starting with a letter.", nameof(prefix));

        return $"{prefix}{Run}n{Interlocked.Increment(ref lastName)}";
    }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        connectionString = Environment.GetEnvironmentVariable(ExternalStorageVariable);
        if (!string.IsNullOrWhiteSpace(connectionString))
            return;
        connectionString = await SharedAzurite.AcquireAsync();
        holdsSharedAzurite = true;
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (!holdsSharedAzurite)
            return;
        holdsSharedAzurite = false;
        await SharedAzurite.ReleaseAsync();
    }

    private static string RunId()
    {
        using var process = Process.GetCurrentProcess();
        return $"{process.StartTime.Ticks / TimeSpan.TicksPerSecond & 0xFFFF_FFFF:x}p{process.Id:x}";
    }
}
