using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Isms.Text;

namespace Isms.Year;

/// <summary>
/// The Japanese public holidays, computed for 2007–2099 from the Act on National Holidays (国民の祝日に関する法律) as it stands: fixed days, happy Mondays,
/// equinoxes, substitute holidays, and days between two holidays. What special acts moved or added (2019–2021) is data.
/// </summary>
public static class JapaneseHolidays
{
    /// <summary>The first year for which the computation holds: substitute holidays took their present form in 2007.</summary>
    public const int FirstYear = 2007;

    /// <summary>The last year for which the equinox formula holds.</summary>
    public const int LastYear = 2099;

    private static readonly IReadOnlyList<SpecialDay> Special = LoadSpecialDays();
    private static readonly ConcurrentDictionary<int, FrozenDictionary<DateOnly, LocalizedText>> Years = new();

    /// <summary>Whether the date is a public holiday. Sundays as such are not.</summary>
    public static bool Includes(DateOnly date) => NameOf(date) is not null;

    /// <summary>The holiday's name; null on other days.</summary>
    public static LocalizedText? NameOf(DateOnly date) => Of(date.Year).GetValueOrDefault(date);

    /// <summary>All public holidays of a calendar year.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not within <see cref="FirstYear"/>–<see cref="LastYear"/>.</exception>
    public static IReadOnlyDictionary<DateOnly, LocalizedText> Of(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, LastYear);
        return Years.GetOrAdd(year, Compute);
    }

    private static FrozenDictionary<DateOnly, LocalizedText> Compute(int year)
    {
        var national = NationalDays(year).ToDictionary(d => d.Date, d => d.Name);
        var all = new Dictionary<DateOnly, LocalizedText>(national);

        // Article 3(2): a holiday on a Sunday moves its rest to the nearest following day that is no holiday.
        foreach (var sunday in national.Keys.Where(d => d.DayOfWeek == DayOfWeek.Sunday))
        {
            var substitute = sunday.AddDays(1);
            while (national.ContainsKey(substitute))
            {
                substitute = substitute.AddDays(1);
            }

            all.TryAdd(substitute, new LocalizedText("振替休日", "Substitute holiday"));
        }

        // Article 3(3): a day between two holidays rests as well.
        foreach (var day in national.Keys.Select(d => d.AddDays(1)).Where(d => national.ContainsKey(d.AddDays(1))))
        {
            all.TryAdd(day, new LocalizedText("国民の休日", "Citizens' holiday"));
        }

        return all.ToFrozenDictionary();
    }

    private static IEnumerable<(DateOnly Date, LocalizedText Name)> NationalDays(int year)
    {
        var special = Special.Where(s => s.Date.Year == year).ToList();
        foreach (var (key, date, name) in RegularDays(year))
        {
            yield return (special.FirstOrDefault(s => s.Instead == key)?.Date ?? date, name);
        }

        foreach (var added in special.Where(s => s.Name is not null))
        {
            yield return (added.Date, added.Name!);
        }
    }

    private static IEnumerable<(string Key, DateOnly Date, LocalizedText Name)> RegularDays(int year)
    {
        yield return ("new-year", new DateOnly(year, 1, 1), new("元日", "New Year's Day"));
        yield return ("coming-of-age-day", NthMonday(year, 1, 2), new("成人の日", "Coming of Age Day"));
        yield return ("foundation-day", new DateOnly(year, 2, 11), new("建国記念の日", "National Foundation Day"));
        if (year >= 2020)
        {
            yield return ("emperors-birthday", new DateOnly(year, 2, 23), new("天皇誕生日", "The Emperor's Birthday"));
        }
        else if (year <= 2018)
        {
            yield return ("emperors-birthday", new DateOnly(year, 12, 23), new("天皇誕生日", "The Emperor's Birthday"));
        }

        yield return ("vernal-equinox", new DateOnly(year, 3, Equinox(year, 20.8431)), new("春分の日", "Vernal Equinox Day"));
        yield return ("showa-day", new DateOnly(year, 4, 29), new("昭和の日", "Showa Day"));
        yield return ("constitution-day", new DateOnly(year, 5, 3), new("憲法記念日", "Constitution Memorial Day"));
        yield return ("greenery-day", new DateOnly(year, 5, 4), new("みどりの日", "Greenery Day"));
        yield return ("childrens-day", new DateOnly(year, 5, 5), new("こどもの日", "Children's Day"));
        yield return ("marine-day", NthMonday(year, 7, 3), new("海の日", "Marine Day"));
        if (year >= 2016)
        {
            yield return ("mountain-day", new DateOnly(year, 8, 11), new("山の日", "Mountain Day"));
        }

        yield return ("respect-for-the-aged-day", NthMonday(year, 9, 3), new("敬老の日", "Respect for the Aged Day"));
        yield return ("autumnal-equinox", new DateOnly(year, 9, Equinox(year, 23.2488)), new("秋分の日", "Autumnal Equinox Day"));
        yield return ("sports-day", NthMonday(year, 10, 2), year >= 2020 ? new("スポーツの日", "Sports Day") : new("体育の日", "Health and Sports Day"));
        yield return ("culture-day", new DateOnly(year, 11, 3), new("文化の日", "Culture Day"));
        yield return ("labour-thanksgiving-day", new DateOnly(year, 11, 23), new("勤労感謝の日", "Labour Thanksgiving Day"));
    }

    private static DateOnly NthMonday(int year, int month, int n)
    {
        var first = new DateOnly(year, month, 1);
        var toMonday = ((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7;
        return first.AddDays(toMonday + (7 * (n - 1)));
    }

    /// <summary>The approximation in common use for 1980–2099; the observatory's announcement of the year before has agreed with it every year so far.</summary>
    private static int Equinox(int year, double offset) => (int)(offset + (0.242194 * (year - 1980)) - Math.Floor((year - 1980) / 4.0));

    private static List<SpecialDay> LoadSpecialDays()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Isms.Year.japanese-holidays.data.json")!;
        return JsonSerializer.Deserialize<SpecialDays>(stream, JsonSerializerOptions.Web)!.Special;
    }

    private sealed record SpecialDays(List<SpecialDay> Special);

    /// <summary>A day that an act added (<see cref="Name"/>), or to which it moved another holiday of that year (<see cref="Instead"/>).</summary>
    private sealed record SpecialDay(DateOnly Date, string? Instead = null, LocalizedText? Name = null);
}
