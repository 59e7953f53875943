using System.Globalization;
using Isms.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>The kinds of sign-in that Entra ID logs apart.</summary>
public static class SignInKinds
{
    private const string Interactive = "interactive";

    /// <summary>All kinds, in the order they are pulled.</summary>
    public static IReadOnlyList<string> All { get; } = [Interactive, "nonInteractiveUser", "servicePrincipal", "managedIdentity"];

    /// <summary>The kinds as they are pulled for a time.</summary>
    public static IReadOnlyList<RowKind> Of(DateTimeOffset from, DateTimeOffset to) =>
    [
        .. All.Select(kind => new RowKind(kind, Query(kind, from, to)) { Permissions = ["AuditLog.Read.All", "Directory.Read.All"], Licence = "Entra ID P1" }),
    ];

    /// <summary>What the workbook shows of a kind: programs sign in by another name than people.</summary>
    public static IReadOnlyList<LogColumn> ColumnsOf(string kind) => kind is Interactive or "nonInteractiveUser"
        ? [Time, new("userPrincipalName", "account"), new("appDisplayName", "application"), new("clientAppUsed", "client"), .. Outcome, new("riskLevelDuringSignIn", "risk")]
        : [Time, new("servicePrincipalName", "account"), new("resourceDisplayName", "resource"), .. Outcome];

    private static LogColumn Time { get; } = new("createdDateTime", "time");

    private static IReadOnlyList<LogColumn> Outcome { get; } =
        [new("ipAddress", "address"), new("location.countryOrRegion", "country"), new("status.errorCode", "error-code"), new("status.failureReason", "reason")];

    /// <summary>The query for a kind and a time. Unfiltered, v1.0 answers interactive sign-ins only; the other kinds are in beta.</summary>
    public static GraphCollection Query(string kind, DateTimeOffset from, DateTimeOffset to)
    {
        var time = string.Create(
            CultureInfo.InvariantCulture, $"createdDateTime ge {from.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} and createdDateTime lt {to.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        var question = kind == Interactive
            ? new GraphCollection("v1.0", $"/auditLogs/signIns?$filter={Uri.EscapeDataString(time)}&$top=1000", PacingScope.AuditLogs)
            : new GraphCollection(
                "beta", $"/auditLogs/signIns?$filter={Uri.EscapeDataString($"{time} and signInEventTypes/any(t: t eq '{kind}')")}&$top=1000", PacingScope.AuditLogs);
        return question with { Times = new TimeSlices(new Period(from, to), part => Query(kind, part.From, part.To)) };
    }
}
