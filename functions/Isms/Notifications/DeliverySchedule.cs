using Isms.Organizations;
using Isms.Year;

namespace Isms.Notifications;

/// <summary>When a message that is written now goes out.</summary>
/// <param name="policy">The organisation's quiet hours and time of digests.</param>
/// <param name="days">Its working days.</param>
/// <param name="office">Its time.</param>
public sealed class DeliverySchedule(NotificationPolicy policy, WorkingDays days, OfficeTime office)
{
    /// <summary>The schedule of an organisation.</summary>
    public static DeliverySchedule Of(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return new DeliverySchedule(organization.Notifications, WorkingDays.Of(organization), OfficeTime.Of(organization.TimeZone));
    }

    /// <summary>When it goes out; <paramref name="now"/> itself when it goes out at once.</summary>
    public DateTimeOffset DueAt(Delivery delivery, DateTimeOffset now) => delivery switch
    {
        Delivery.Urgent => now,
        Delivery.Digest => NextDigest(now),
        _ => EndOfQuiet(now) ?? now,
    };

    /// <summary>The first digest after an instant: on a working day, at the time of digests.</summary>
    public DateTimeOffset NextDigest(DateTimeOffset now)
    {
        var date = days.OnOrAfter(office.DateAt(now));
        var at = office.At(date, policy.DigestAt);
        return at > now ? at : office.At(days.OnOrAfter(date.AddDays(1)), policy.DigestAt);
    }

    /// <summary>When the quiet that reigns at an instant is over; null when it is not quiet.</summary>
    private DateTimeOffset? EndOfQuiet(DateTimeOffset now)
    {
        var (date, time) = (office.DateAt(now), office.TimeAt(now));
        if (days.Include(date) && !policy.IsQuietAt(time))
        {
            return null;
        }

        var isEvening = policy.QuietFrom > policy.QuietUntil && time >= policy.QuietFrom;
        var next = days.OnOrAfter(isEvening ? date.AddDays(1) : date);
        var begins = next == date ? time : TimeOnly.MinValue;
        return office.At(next, policy.IsQuietAt(begins) ? policy.QuietUntil : begins);
    }
}
