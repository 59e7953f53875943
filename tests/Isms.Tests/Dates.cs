using System.Globalization;

namespace Isms.Tests;

/// <summary>Dates as tests write them: <c>Day("2026-04-01")</c>.</summary>
internal static class Dates
{
    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
