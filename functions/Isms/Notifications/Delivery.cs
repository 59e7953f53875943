namespace Isms.Notifications;

/// <summary>How soon a message goes out.</summary>
public enum Delivery
{
    /// <summary>At once, unless it is quiet; then as soon as the organisation is at work again.</summary>
    Direct,

    /// <summary>At once, whatever the hour: escalations, and what cannot wait.</summary>
    Urgent,

    /// <summary>Together with the person's other reminders, once a working day.</summary>
    Digest,
}

/// <summary>What carries a message.</summary>
public enum Channel
{
    /// <summary>A mail.</summary>
    Mail,

    /// <summary>A card in Microsoft Teams.</summary>
    Teams,
}
