using System.Globalization;
using Isms.Evidence;
using Isms.Monitoring.Snapshots;
using Isms.Organizations;

namespace Isms.Monitoring;

/// <summary>What a window of sign-ins comes to; the file <c>summary.json</c>.</summary>
public sealed record SignInSummary
{
    /// <summary>The window, UTC.</summary>
    public required Period Period { get; init; }

    /// <summary>Rows by kind of sign-in.</summary>
    public required IReadOnlyDictionary<string, SignInCount> Kinds { get; init; }

    /// <summary>Rows by result: <c>success</c>, <c>failure</c>, <c>interrupted</c> (more was asked of the user, such as a second factor).</summary>
    public required IReadOnlyDictionary<string, long> Results { get; init; }

    /// <summary>Rows by hour of the day in the organisation's time zone, 0–23.</summary>
    public required IReadOnlyList<long> ByHour { get; init; }

    /// <summary>Rows of the applications used most.</summary>
    public required IReadOnlyDictionary<string, long> ByApp { get; init; }

    /// <summary>Rows by country.</summary>
    public required IReadOnlyDictionary<string, long> ByCountry { get; init; }

    /// <summary>Accounts that signed in or tried to.</summary>
    public required int Accounts { get; init; }

    /// <summary>Rows of accounts with administrative roles; null when no snapshot of access rights says who they are.</summary>
    public required long? AdministratorRows { get; init; }

    /// <summary>How many exceptions there are, by code.</summary>
    public required IReadOnlyDictionary<string, int> Exceptions { get; init; }
}

/// <summary>Rows of a kind.</summary>
/// <param name="Rows">Rows of this window.</param>
/// <param name="Late">Rows of the time before, which arrived after that time's window had been pulled.</param>
public sealed record SignInCount(long Rows, long Late);

/// <summary>
/// Counts sign-ins, one row at a time, and holds them against the organisation's policy (A.8.15, A.8.16). Needs memory by accounts, not by rows.
/// </summary>
/// <param name="period">The window.</param>
/// <param name="policy">The limits.</param>
/// <param name="zone">The organisation's time zone.</param>
/// <param name="administrators">Object ids of accounts with administrative roles; null when they are not known.</param>
public sealed class SignInAnalysis(Period period, PolicyLimits policy, TimeZoneInfo zone, IReadOnlySet<string>? administrators) : ILogAnalysis
{
    private const int AppsListed = 50;

    /// <summary>Clients that cannot do modern authentication, hence no second factor.</summary>
    private static readonly HashSet<string> LegacyClients = new(StringComparer.OrdinalIgnoreCase)
    {
        "AutoDiscover", "Authenticated SMTP", "Exchange ActiveSync", "Exchange Online PowerShell", "Exchange Web Services", "IMAP", "IMAP4",
        "MAPI Over HTTP", "Offline Address Book", "Other clients", "Outlook Anywhere (RPC over HTTP)", "POP", "POP3", "Reporting Web Services", "SMTP",
    };

    /// <summary>Error codes by which Entra ID asks for more rather than refuses: second factor, consent, device, "stay signed in".</summary>
    private static readonly HashSet<int> Interrupts = [16000, 16003, 50055, 50058, 50072, 50074, 50076, 50079, 50097, 50125, 50127, 50129, 50140, 50143, 50144, 50199, 65001, 81010, 81012, 81014];

    private readonly Dictionary<string, (long Rows, long Late)> kinds = [];
    private readonly Dictionary<string, long> results = new() { ["success"] = 0, ["failure"] = 0, ["interrupted"] = 0 };
    private readonly long[] byHour = new long[24];
    private readonly Tally byApp = new();
    private readonly Tally byCountry = new();
    private readonly Dictionary<string, Failures> accounts = [];
    private readonly Dictionary<(string Code, string Account, string Detail), Finding> seen = [];
    private long administratorRows;

    /// <summary>Counts a row.</summary>
    /// <param name="kind">The kind of sign-in it was asked for as.</param>
    /// <param name="json">The row as received.</param>
    public void Add(string kind, ReadOnlySpan<byte> json)
    {
        var row = SignInRow.Read(json);
        var late = row.Created != default && row.Created < period.From;
        var count = kinds.GetValueOrDefault(kind);
        kinds[kind] = late ? (count.Rows, count.Late + 1) : (count.Rows + 1, count.Late);
        if (row.Created != default)
        {
            byHour[TimeZoneInfo.ConvertTime(row.Created, zone).Hour]++;
        }

        byApp.Add(row.App);
        byCountry.Add(row.Country);
        var result = row.ErrorCode == 0 ? "success" : Interrupts.Contains(row.ErrorCode) ? "interrupted" : "failure";
        results[result]++;
        Judge(row, result);
    }

    /// <summary>What exceeds the policy.</summary>
    public IReadOnlyList<Finding> Findings()
    {
        var tooMany = accounts
            .Where(a => a.Value.Count > policy.FailedSignInsPerDay)
            .Select(a => new Finding(
                "failed-sign-ins", a.Key, a.Value.Name, string.Create(CultureInfo.InvariantCulture, $"> {policy.FailedSignInsPerDay}"), a.Value.Count, a.Value.First, a.Value.Last));
        return Finding.Ordered(seen.Values.Concat(tooMany));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Breakdown> Breakdowns() =>
    [
        new("sign-ins-by-result", [.. results.OrderBy(r => r.Key, StringComparer.Ordinal)]),
        new("sign-ins-by-hour", [.. byHour.Select((rows, hour) => KeyValuePair.Create(hour.ToString("00", CultureInfo.InvariantCulture), rows))]),
        Named(byApp.Largest("sign-ins-by-application")),
        Named(byCountry.Largest("sign-ins-by-country")),
    ];

    private static Breakdown Named(Breakdown counts) =>
        counts with { Counts = [.. counts.Counts.Select(c => c.Key.Length > 0 ? c : KeyValuePair.Create("none", c.Value))] };

    /// <inheritdoc/>
    public object Summarise(IReadOnlyList<Finding> findings) => Summary(findings);

    /// <summary>The counts.</summary>
    public SignInSummary Summary(IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return new SignInSummary
        {
            Period = period,
            Kinds = new SortedDictionary<string, SignInCount>(kinds.ToDictionary(k => k.Key, k => new SignInCount(k.Value.Rows, k.Value.Late)), StringComparer.Ordinal),
            Results = new SortedDictionary<string, long>(results, StringComparer.Ordinal),
            ByHour = [.. byHour],
            ByApp = Top(byApp, AppsListed),
            ByCountry = Top(byCountry, int.MaxValue),
            Accounts = accounts.Count,
            AdministratorRows = administrators is null ? null : administratorRows,
            Exceptions = new SortedDictionary<string, int>(findings.CountBy(f => f.Code).ToDictionary(), StringComparer.Ordinal),
        };
    }

    private void Judge(in SignInRow row, string result)
    {
        if (!accounts.TryGetValue(row.AccountId, out var account))
        {
            accounts[row.AccountId] = account = new Failures(row.AccountName);
        }

        if (result == "failure")
        {
            account.Add(row.Created);
        }

        if (LegacyClients.Contains(row.Client))
        {
            Note("legacy-protocol", row, $"{row.Client} ({result})");
        }

        if (row.Country.Length > 0 && !policy.ExpectedCountries.Contains(row.Country))
        {
            Note("unexpected-country", row, $"{row.Country} ({result})");
        }

        if (row.Risk is "low" or "medium" or "high")
        {
            Note("risky-sign-in", row, $"{row.Risk} ({result})");
        }

        if (administrators?.Contains(row.AccountId) == true)
        {
            administratorRows++;
            Note("administrator-sign-in", row, $"{row.App} ({result})");
        }
    }

    private void Note(string code, in SignInRow row, string detail)
    {
        var key = (code, row.AccountId, detail);
        seen[key] = seen.TryGetValue(key, out var finding)
            ? finding with { Count = finding.Count + 1, First = Earlier(finding.First!.Value, row.Created), Last = Later(finding.Last!.Value, row.Created) }
            : new Finding(code, row.AccountId, row.AccountName, detail, 1, row.Created, row.Created);
    }

    private static SortedDictionary<string, long> Top(Tally counts, int most) => new(counts.Largest("", most).Counts.ToDictionary(), StringComparer.Ordinal);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class Failures(string name)
    {
        public string Name => name;

        public long Count { get; private set; }

        public DateTimeOffset? First { get; private set; }

        public DateTimeOffset? Last { get; private set; }

        public void Add(DateTimeOffset at)
        {
            Count++;
            First = First is { } first ? Earlier(first, at) : at;
            Last = Last is { } last ? Later(last, at) : at;
        }
    }
}
