using Isms.Monitoring;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Training;

/// <summary>
/// The members of the tenant whose accounts are enabled. One query serves every audience: two equalities need no advanced query, and who joined when is told from the
/// rows, so that it cannot be refused for its filter.
/// </summary>
public sealed class GraphStaffDirectory(GraphPull pull, GraphRequests requests) : IStaffDirectory
{
    private const string Query =
        "/users?$select=id,displayName,givenName,surname,mail,userPrincipalName,department,createdDateTime"
        + "&$filter=accountEnabled%20eq%20true%20and%20userType%20eq%20'Member'&$top=999";

    /// <inheritdoc/>
    public async Task<DirectoryReading> ReadAsync(string timeZone, CancellationToken cancellationToken)
    {
        var rows = new AccountRows(OfficeTime.Of(timeZone));
        var report = await pull.PullAsync(new GraphCollection("v1.0", Query, PacingScope.Directory), rows, requests.NewPatience(), cancellationToken);

        // Half a roster would send half of the staff away: it counts only when it was read to its end.
        return report.Failure is { } failure ? new DirectoryReading([], failure.Reason) : new DirectoryReading([.. rows.Accounts]);
    }

    private sealed class AccountRows(OfficeTime office) : IRowSink
    {
        private readonly Dictionary<string, DirectoryAccount> accounts = new(StringComparer.Ordinal);

        public IEnumerable<DirectoryAccount> Accounts => accounts.Values;

        public void Add(ReadOnlySpan<byte> row)
        {
            var id = RowFields.TextOf(row, "id"u8);
            if (string.IsNullOrEmpty(id))
            {
                return;
            }

            var principal = RowFields.TextOf(row, "userPrincipalName"u8);
            var created = RowFields.TimeOf(row, "createdDateTime"u8);
            var hasPersonName = !string.IsNullOrWhiteSpace(RowFields.TextOf(row, "givenName"u8)) || !string.IsNullOrWhiteSpace(RowFields.TextOf(row, "surname"u8));

            // The service sends year one where it does not know.
            var joined = created is { Year: > 1 } at ? office.DateAt(at) : (DateOnly?)null;
            accounts[id] = new DirectoryAccount(
                id, RowFields.TextOf(row, "displayName"u8) ?? principal ?? id, RowFields.TextOf(row, "mail"u8), principal,
                RowFields.TextOf(row, "department"u8), joined, hasPersonName);
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
