using Isms.Organizations;

namespace Isms.Notifications;

/// <summary>When the organisation wants to be written to, and by which channel.</summary>
public sealed record NotificationPolicy
{
    /// <summary>The time of day at which the quiet hours begin.</summary>
    public TimeOnly QuietFrom { get; init; } = new(19, 0);

    /// <summary>The time of day at which they end; equal to <see cref="QuietFrom"/> for none. Days that are not worked are quiet all day.</summary>
    public TimeOnly QuietUntil { get; init; } = new(8, 0);

    /// <summary>When the day's reminders go out; by then the morning's have come together.</summary>
    public TimeOnly DigestAt { get; init; } = new(9, 30);

    /// <summary>Who is written to by another channel than mail.</summary>
    public IReadOnlyList<ChannelChoice> Channels { get; init; } = [];

    /// <summary>The channels of a person: those chosen for the person, else those chosen for any role the person holds, else mail.</summary>
    public IReadOnlyList<Channel> ChannelsOf(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var own = Channels.Where(c => c.Person == person.Id).ToList();
        var chosen = own.Count > 0 ? own : Channels.Where(c => c.Person is null && c.Role is { } role && person.Roles.Contains(role));
        Channel[] channels = [.. chosen.SelectMany(c => c.Channels).Distinct().Order()];
        return channels.Length > 0 ? channels : [Channel.Mail];
    }

    /// <summary>Whether the time of day lies in the quiet hours, which may reach over midnight.</summary>
    public bool IsQuietAt(TimeOnly time) => QuietFrom <= QuietUntil ? time >= QuietFrom && time < QuietUntil : time >= QuietFrom || time < QuietUntil;
}

/// <summary>The channels of a person, or of everybody who holds a role.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Role">The role; null where a person is meant.</param>
/// <param name="Person">The person's id; null where a role is meant.</param>
public sealed record ChannelChoice(IReadOnlyList<Channel> Channels, Role? Role = null, string? Person = null);
