namespace IsmsFunctions.Notifications;

/// <summary>Carries cards to Microsoft Teams.</summary>
public interface ITeamsTransport
{
    /// <summary>Whether cards reach anybody; where they do not, messages are only kept.</summary>
    bool Delivers { get; }

    /// <summary>Posts a card. May be called again with the same card after a crash.</summary>
    /// <exception cref="TeamsRefusedException">Teams will not take it, however often it is tried.</exception>
    Task SendAsync(TeamsCard card, CancellationToken cancellationToken);
}

/// <summary>Teams will not take a card, however often it is tried.</summary>
public sealed class TeamsRefusedException(MessageFailure failure) : Exception(failure.Code)
{
    /// <summary>Why, and what to do about it.</summary>
    public MessageFailure Failure => failure;
}

/// <summary>Posts nothing.</summary>
public sealed class NoTeamsTransport : ITeamsTransport
{
    /// <inheritdoc/>
    public bool Delivers => false;

    /// <inheritdoc/>
    public Task SendAsync(TeamsCard card, CancellationToken cancellationToken) => Task.CompletedTask;
}
