namespace IsmsFunctions.Notifications;

/// <summary>
/// Writes mails into a folder as <c>.eml</c> files that any mail program opens. The file's name and content follow from the notification, so a mail that is
/// sent again after a crash overwrites itself: it is there once.
/// </summary>
public sealed class FolderTransport(string folder) : IMailTransport
{
    /// <inheritdoc/>
    public bool Delivers => true;

    /// <inheritdoc/>
    public Task SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return WriteAsync(folder, mail.Id + ".eml", MailFormat.ToBytes(mail), cancellationToken);
    }

    /// <summary>Writes a file aside and moves it, so that nobody ever reads half a message.</summary>
    internal static async Task WriteAsync(string folder, string name, byte[] content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-')));
        var unfinished = path + ".part";
        await File.WriteAllBytesAsync(unfinished, content, cancellationToken);
        File.Move(unfinished, path, overwrite: true);
    }
}
