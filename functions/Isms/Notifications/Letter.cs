using Isms.Organizations;
using Isms.Text;

namespace Isms.Notifications;

/// <summary>A message to one person, before it is sent.</summary>
/// <param name="Key">Names the message within its workflow's stage, so that it goes out once.</param>
/// <param name="Recipient">The person id.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Body">The text, from salutation to signature.</param>
/// <param name="Facts">The facts in short, for a digest.</param>
/// <param name="Delivery">How soon it goes out.</param>
public sealed record Letter(
    string Key, string Recipient, LocalizedText Subject, LocalizedText Body, LocalizedText? Facts = null, Delivery Delivery = Delivery.Direct)
{
    /// <summary>The same letter to each of several people, each addressed by name; people who are named twice get it once.</summary>
    /// <param name="key">Names the message.</param>
    /// <param name="subject">The subject line.</param>
    /// <param name="message">What it says.</param>
    /// <param name="facts">The facts in short.</param>
    /// <param name="recipients">Person ids; those who are not in the settings are left out.</param>
    /// <param name="organization">Whose secretariat signs.</param>
    public static IReadOnlyList<Letter> ToEach(
        string key, LocalizedText subject, LocalizedText message, LocalizedText facts, IEnumerable<string> recipients, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        ArgumentNullException.ThrowIfNull(organization);
        return [.. recipients.Distinct(StringComparer.Ordinal).Select(organization.FindPerson).OfType<Person>().Select(person =>
            new Letter(key, person.Id, subject, Texts.Get("item-notice.letter", person.Name, message, facts, organization.Name), facts))];
    }
}
