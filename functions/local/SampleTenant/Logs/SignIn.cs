using SampleTenant.Directory;

namespace SampleTenant.Logs;

/// <summary>What kind of sign-in, as <c>signInEventTypes</c> says it.</summary>
internal enum SignInKind
{
    InteractiveUser,
    NonInteractiveUser,
    ServicePrincipal,
    ManagedIdentity,
}

/// <summary>The facts of one sign-in, drawn from its bits.</summary>
internal readonly struct SignIn
{
    private readonly ulong bits;

    public SignIn(LogEntry entry)
    {
        Entry = entry;
        Kind = (SignInKind)entry.Feed;
        bits = Noise.Next(entry.Bits ^ Topic.SignInRow);
        IsUser = Kind is SignInKind.InteractiveUser or SignInKind.NonInteractiveUser;
        var chance = Noise.ToUnit(bits);
        IsAbroad = IsUser && chance < 0.012;
        IsAdministrator = IsUser && chance is >= 0.02 and < 0.035;
        IsLegacy = IsUser && chance is >= 0.05 and < 0.062;
        IsOfDisabledAccount = Kind == SignInKind.InteractiveUser && chance is >= 0.07 and < 0.0705;
        var failure = Noise.ToUnit(Part(1));
        Failed = IsOfDisabledAccount || failure < (IsAbroad ? 0.6 : IsLegacy ? 0.25 : IsUser ? 0.045 : 0.01);
        IsRisky = IsUser && Noise.ToUnit(Part(2)) < (IsAbroad ? 0.2 : 0.0015);
    }

    public LogEntry Entry { get; }

    public SignInKind Kind { get; }

    public bool IsUser { get; }

    public bool IsAbroad { get; }

    public bool IsAdministrator { get; }

    public bool IsLegacy { get; }

    public bool IsOfDisabledAccount { get; }

    public bool Failed { get; }

    public bool IsRisky { get; }

    public (int Code, string? Reason) Outcome =>
        !Failed ? (0, null)
        : IsOfDisabledAccount ? SignInFacts.DisabledAccount
        : IsUser ? SignInFacts.Failures[Noise.ToBelow(Part(3), IsAbroad ? 2 : SignInFacts.Failures.Length)]
        : (7000222, "The provided client secret keys are expired.");

    public (string City, string State, string Country, double Latitude, double Longitude) Place =>
        IsAbroad ? SignInFacts.Abroad[Noise.ToBelow(Part(4), SignInFacts.Abroad.Length)] : SignInFacts.Home[Math.Min(Noise.ToBelow(Part(4), 12), 7)];

    public (string System, string Browser) Device => SignInFacts.Devices[Noise.ToBelow(Part(5), SignInFacts.Devices.Length)];

    public string Client =>
        IsLegacy ? SignInFacts.LegacyClients[Noise.ToBelow(Part(6), SignInFacts.LegacyClients.Length)]
        : Noise.ToBelow(Part(6), 10) < 6 ? "Browser" : "Mobile Apps and Desktop clients";

    /// <summary>More bits of this sign-in.</summary>
    public ulong Part(uint number) => Noise.Next(bits + ((ulong)number << 48));
}
