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
    public async Task SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileNameOf(mail.Id));

        // Written aside and moved, so that nobody ever reads half a mail.
        var unfinished = path + ".part";
        await File.WriteAllBytesAsync(unfinished, MailFormat.ToBytes(mail), cancellationToken);
        File.Move(unfinished, path, overwrite: true);
    }

    private static string FileNameOf(string id) => string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-')) + ".eml";
}
