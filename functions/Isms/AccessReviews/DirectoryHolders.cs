using System.Text.Json;
using Isms.Monitoring;

namespace Isms.AccessReviews;

/// <summary>An account of the directory.</summary>
/// <param name="Id">The object id.</param>
/// <param name="Name">The name shown.</param>
/// <param name="PrincipalName">The sign-in name.</param>
/// <param name="Department">The department as the directory writes it.</param>
/// <param name="Enabled">Whether it can sign in.</param>
/// <param name="IsGuest">Whether it is of another organisation.</param>
/// <param name="LastSignIn">The last sign-in, where it is known.</param>
public sealed record DirectoryHolder(
    string Id, string Name, string PrincipalName, string? Department, bool Enabled, bool IsGuest, DateTimeOffset? LastSignIn);

/// <summary>Accounts, and owners of applications, as the raw rows of a snapshot describe them. Members that are missing are tolerated: Graph drops some.</summary>
public sealed class DirectoryHolders
{
    private readonly Dictionary<string, DirectoryHolder> accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> owners = new(StringComparer.Ordinal);

    /// <summary>All accounts, by object id.</summary>
    public IReadOnlyDictionary<string, DirectoryHolder> Accounts => accounts;

    /// <summary>The object ids of who owns an application, in an order of their own.</summary>
    public IEnumerable<string> OwnersOf(string application) =>
        owners.TryGetValue(application, out var found) ? found.Order(StringComparer.Ordinal) : [];

    /// <summary>Adds a row; kinds that say nothing about accounts and owners are passed over.</summary>
    /// <param name="kind">The kind, as in <see cref="AccessRightsKinds"/>.</param>
    /// <param name="json">The row.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Add(string kind, ReadOnlyMemory<byte> json)
    {
        if (kind == AccessRightsKinds.Users)
        {
            using var document = JsonDocument.Parse(json);
            var row = document.RootElement;
            var activity = row.TryGetProperty("signInActivity", out var a) && a.ValueKind == JsonValueKind.Object ? a : default;
            Add(new DirectoryHolder(
                Text(row, "id"), Text(row, "displayName"), Text(row, "userPrincipalName"), Text(row, "department") is { Length: > 0 } d ? d : null,
                row.TryGetProperty("accountEnabled", out var enabled) && enabled.ValueKind == JsonValueKind.True,
                string.Equals(Text(row, "userType"), "Guest", StringComparison.OrdinalIgnoreCase),
                Later(Time(activity, "lastSignInDateTime"), Time(activity, "lastNonInteractiveSignInDateTime"))));
        }
        else if (kind == AccessRightsKinds.ServicePrincipalOwners)
        {
            using var document = JsonDocument.Parse(json);
            AddOwner(Text(document.RootElement, "parent"), Text(document.RootElement.GetProperty("row"), "id"));
        }
    }

    /// <summary>Adds an account.</summary>
    public void Add(DirectoryHolder account)
    {
        ArgumentNullException.ThrowIfNull(account);
        accounts[account.Id] = account;
    }

    /// <summary>Adds an owner of an application.</summary>
    public void AddOwner(string application, string owner)
    {
        if (!owners.TryGetValue(application, out var found))
        {
            owners[application] = found = [];
        }

        found.Add(owner);
    }

    private static string Text(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A time; null when absent or before anything real (Graph writes 0001-01-01 for "never").</summary>
    private static DateTimeOffset? Time(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.TryGetDateTimeOffset(out var time) && time.Year > 1900 ? time : null;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
