using System.Globalization;
using Isms.Notifications;

namespace IsmsFunctions.Notifications;

/// <summary>Sends the letters of a workflow.</summary>
public static class Letters
{
    /// <summary>Puts each letter into the outbox, once for each workflow, stage, letter and recipient.</summary>
    /// <param name="notifier">The outbox.</param>
    /// <param name="instance">The workflow's instance id.</param>
    /// <param name="serial">Counts the stages it entered.</param>
    /// <param name="letters">The letters.</param>
    /// <param name="cancellationToken">Cancels before the next letter.</param>
    /// <param name="enclose">What comes with a letter; null for nothing.</param>
    public static async Task NotifyAsync(
        this INotifier notifier, string instance, int serial, IReadOnlyList<Letter> letters, CancellationToken cancellationToken,
        Func<Letter, MailAttachment?>? enclose = null)
    {
        ArgumentNullException.ThrowIfNull(notifier);
        ArgumentNullException.ThrowIfNull(letters);
        foreach (var letter in letters)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{instance}.{serial}.{letter.Key}.{letter.Recipient}");
            await notifier.NotifyAsync(
                new Notification(
                    id, letter.Recipient, letter.Subject, letter.Body, instance, letter.Delivery, letter.Facts, Attachment: enclose?.Invoke(letter)),
                cancellationToken);
        }
    }
}
