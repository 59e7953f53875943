using Isms.Text;

namespace Isms.Calendars;

/// <summary>How certain an event is (RFC 5545 section 3.8.1.11).</summary>
public enum EventStatus
{
    /// <summary>It is planned, but not approved.</summary>
    Tentative,

    /// <summary>It stands.</summary>
    Confirmed,

    /// <summary>It was called off.</summary>
    Cancelled,
}

/// <summary>An all-day event of a calendar.</summary>
/// <param name="Key">Names it for good, whatever happens to it; unique within the organisation.</param>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Description">What there is to know.</param>
/// <param name="Status">How certain it is.</param>
/// <param name="Revision">Counts its changes and never goes back: calendars take the higher one.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="Link">Where to read on; null for nowhere.</param>
public sealed record CalendarEvent(
    string Key, DateOnly First, DateOnly Last, LocalizedText Title, LocalizedText Description, EventStatus Status, int Revision, DateTimeOffset ChangedAt,
    Uri? Link = null);
