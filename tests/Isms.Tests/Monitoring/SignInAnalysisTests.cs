using System.Text;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Organizations;

namespace Isms.Tests.Monitoring;

public sealed class SignInAnalysisTests
{
    private static readonly Period Day = new(new(2026, 4, 9, 15, 0, 0, TimeSpan.Zero), new(2026, 4, 10, 15, 0, 0, TimeSpan.Zero));
    private readonly SignInAnalysis analysis = new(
        Day, new PolicyLimits { FailedSignInsPerDay = 3 }, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), new HashSet<string> { "admin" });

    [Fact]
    public void Rows_are_counted_by_kind_hour_result_application_and_country()
    {
        Add("interactive", "2026-04-10T00:15:00Z");
        Add("interactive", "2026-04-10T00:59:59.1234567Z", error: 50126);
        Add("nonInteractiveUser", "2026-04-10T14:59:59Z", error: 50074, country: "US");

        var summary = Summary();

        Assert.Equal((2, 1), (summary.Kinds["interactive"].Rows, summary.Kinds["nonInteractiveUser"].Rows));
        Assert.Equal((2, 1), (summary.ByHour[9], summary.ByHour[23]));
        Assert.Equal((1, 1, 1), (summary.Results["success"], summary.Results["failure"], summary.Results["interrupted"]));
        Assert.Equal(3, summary.ByApp["Office 365"]);
        Assert.Equal((2, 1), (summary.ByCountry["JP"], summary.ByCountry["US"]));
    }

    [Fact]
    public void A_row_of_the_time_before_is_counted_as_late()
    {
        Add("interactive", "2026-04-09T14:59:59Z");
        Assert.Equal(new SignInCount(0, 1), Summary().Kinds["interactive"]);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Failures_above_the_limit_are_an_exception(int failures, bool isException)
    {
        for (var i = 0; i < failures; i++)
        {
            Add("interactive", $"2026-04-10T00:0{i}:00Z", error: 50126);
        }

        Add("interactive", "2026-04-10T01:00:00Z");
        Assert.Equal(isException, analysis.Findings().Any(f => f.Code == "failed-sign-ins" && f.Count == failures && f.Last!.Value.Minute == failures - 1));
    }

    [Fact]
    public void Legacy_clients_foreign_countries_risk_and_administrators_are_exceptions()
    {
        Add("interactive", "2026-04-10T00:00:00Z", client: "IMAP4");
        Add("interactive", "2026-04-10T00:01:00Z", client: "IMAP4");
        Add("interactive", "2026-04-10T00:02:00Z", country: "BR");
        Add("interactive", "2026-04-10T00:03:00Z", risk: "high");
        Add("interactive", "2026-04-10T00:04:00Z", user: "admin");

        Assert.Equal(
            [("administrator-sign-in", 1L), ("legacy-protocol", 2L), ("risky-sign-in", 1L), ("unexpected-country", 1L)],
            analysis.Findings().Select(f => (f.Code, f.Count)));
        Assert.Equal(1, Summary().AdministratorRows);
    }

    [Fact]
    public void A_service_principal_is_an_account_of_its_own()
    {
        analysis.Add("servicePrincipal", Encoding.UTF8.GetBytes(
            """{"id":"1","createdDateTime":"2026-04-10T00:00:00Z","userId":null,"servicePrincipalId":"sp","servicePrincipalName":"バックアップ","location":{"countryOrRegion":"SG"},"status":{"errorCode":0}}"""));
        Assert.Equal(("sp", "バックアップ"), analysis.Findings().Select(f => (f.SubjectId, f.SubjectName)).Single());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"1","createdDateTime":"Boolean","status":null,"location":"x","userId":{"a":1},"clientAppUsed":[1,2]}""")]
    [InlineData("""{"createdDateTime":"0001-01-01T00:00:00Z"}""")]
    public void Odd_rows_are_counted_and_break_nothing(string row)
    {
        analysis.Add("interactive", Encoding.UTF8.GetBytes(row));
        Assert.Equal(1, Summary().Kinds["interactive"].Rows + Summary().Kinds["interactive"].Late);
    }

    [Fact]
    public void The_order_of_rows_makes_no_difference()
    {
        var other = new SignInAnalysis(Day, new PolicyLimits(), TimeZoneInfo.Utc, null);
        var same = new SignInAnalysis(Day, new PolicyLimits(), TimeZoneInfo.Utc, null);
        var rows = Enumerable.Range(0, 50).Select(i => Row($"2026-04-10T00:{i:00}:00Z", i % 3 == 0 ? 50126 : 0, i % 2 == 0 ? "IMAP4" : "POP3", "JP", "none", $"u{i % 5}")).ToArray();
        Array.ForEach(rows, r => other.Add("interactive", r));
        Array.ForEach([.. rows.Reverse()], r => same.Add("interactive", r));
        Assert.Equal(Finding.ToCsv(other.Findings()), Finding.ToCsv(same.Findings()));
    }

    private SignInSummary Summary() => analysis.Summary(analysis.Findings());

    private void Add(
        string kind, string created, int error = 0, string client = "Browser", string country = "JP", string risk = "none", string user = "u1") =>
        analysis.Add(kind, Row(created, error, client, country, risk, user));

    private static byte[] Row(string created, int error, string client, string country, string risk, string user) => Encoding.UTF8.GetBytes(
        $$$"""{"id":"x","createdDateTime":"{{{created}}}","userDisplayName":"佐藤","userPrincipalName":"{{{user}}}@example.jp","userId":"{{{user}}}","appDisplayName":"Office 365","clientAppUsed":"{{{client}}}","riskLevelDuringSignIn":"{{{risk}}}","status":{"errorCode":{{{error}}},"failureReason":"Other."},"location":{"city":"Chiyoda","countryOrRegion":"{{{country}}}","geoCoordinates":{"latitude":35.6} } }""");
}
