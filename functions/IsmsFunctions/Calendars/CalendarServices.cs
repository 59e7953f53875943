using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Calendars;

/// <summary>Registers calendars.</summary>
public static class CalendarServices
{
    /// <summary>Adds the calendars and the secrets of their addresses.</summary>
    public static IServiceCollection AddCalendars(this IServiceCollection services) => services.AddSingleton<CalendarFeeds>().AddSingleton<CalendarTokens>();
}
