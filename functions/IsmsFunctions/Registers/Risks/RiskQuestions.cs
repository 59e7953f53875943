using System.Globalization;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Problems;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Reads what callers ask about risks; whatever cannot be meant is refused under the name of its parameter.</summary>
internal static class RiskQuestions
{
    private const int MostDays = 366;

    /// <summary>The day that a parameter names, and the instant that is meant: its end; the present, where it is left out or yet to come.</summary>
    public static (DateOnly Day, DateTimeOffset? At) Day(HttpRequest request, string name, Organization organization, DateTimeOffset now)
    {
        var at = RegisterQuery.AsOf(request, organization, name);
        return (OfficeTime.Of(organization.TimeZone).DateAt(at < now ? at.Value : now), at < now ? at : null);
    }

    /// <summary>Like <see cref="Day"/>, but it has to be said.</summary>
    public static (DateOnly Day, DateTimeOffset? At) RequiredDay(HttpRequest request, string name, Organization organization, DateTimeOffset now) =>
        string.IsNullOrEmpty(request.Query[name].FirstOrDefault()) ? throw Invalid("risk-date-missing", name, null, name) : Day(request, name, organization, now);

    /// <summary>Refuses a comparison with what came earlier.</summary>
    public static void InOrder(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            throw Invalid("period-reversed", "to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>How many days ahead to look.</summary>
    public static int Days(HttpRequest request, int otherwise)
    {
        var text = request.Query["days"].FirstOrDefault();
        return string.IsNullOrEmpty(text) ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MostDays ? days
            : throw Invalid("risk-days-out-of-range", "days", text, text);
    }

    /// <summary>The language of the answer: the parameter <c>culture</c>, or what the caller prefers.</summary>
    public static CultureInfo Culture(HttpRequest request) => request.Query["culture"].FirstOrDefault() switch
    {
        null or "" => Problem.CultureOf(request),
        "ja" or "ja-JP" => CultureInfo.GetCultureInfo("ja-JP"),
        "en" or "en-US" => CultureInfo.GetCultureInfo("en-US"),
        var other => throw Invalid("culture-not-offered", "culture", other, other),
    };

    private static RefusedException Invalid(string code, string field, string? value, params ReadOnlySpan<object?> arguments) =>
        new(Refusal.Of(RefusalKind.InvalidInput, code, field, value, arguments));
}
