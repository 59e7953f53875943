namespace IsmsFunctions.Notifications;

/// <summary>Writes cards into a folder as <c>.json</c> files, as they would be posted. A card that is sent again after a crash overwrites itself.</summary>
public sealed class TeamsFolderTransport(string folder) : ITeamsTransport
{
    /// <inheritdoc/>
    public bool Delivers => true;

    /// <inheritdoc/>
    public Task SendAsync(TeamsCard card, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(card);
        return FolderTransport.WriteAsync(folder, card.Id + ".json", card.Payload, cancellationToken);
    }
}
