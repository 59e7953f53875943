namespace SampleTenant;

/// <summary>Whether requests are throttled as Microsoft documents it.</summary>
public enum ThrottlingMode
{
    /// <summary>Never throttled.</summary>
    Off,

    /// <summary>The documented limits, on the tenant's clock.</summary>
    Documented,
}

/// <summary>What the sample organisation is like and how its server behaves. Equal options give equal bytes.</summary>
public sealed record SampleTenantOptions
{
    /// <summary>The TCP port on the loopback interface; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; } = 27001;

    /// <summary>User objects on the first day: 5 to 200,000.</summary>
    public int Users { get; init; } = 120;

    /// <summary>Interactive sign-ins on a working day in Asia/Tokyo; null means twelve for each user.</summary>
    public int? SignInsPerDay { get; init; }

    /// <summary>The language of names, departments and titles: <c>ja-JP</c> or <c>en-US</c>.</summary>
    public string Culture { get; init; } = "ja-JP";

    /// <summary>The first day of the sample: newcomers, leavers and changes follow from here. The first of April 2026 in Tokyo.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));

    /// <summary>Nobody joins or leaves: the directory stays as it is on the first day.</summary>
    public bool Fixed { get; init; }

    /// <summary>Throttling.</summary>
    public ThrottlingMode Throttling { get; init; } = ThrottlingMode.Documented;

    /// <summary>Multiplies the documented limits; 10 allows ten times as many requests.</summary>
    public double ThrottlingScale { get; init; } = 1;

    /// <summary>How long sign-ins and audit events are kept.</summary>
    public int RetentionDays { get; init; } = 30;

    /// <summary>How long after its time an event becomes visible.</summary>
    public TimeSpan IngestionLag { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long an access token is valid, by the computer's own clock: token caches of clients know no other.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The tenant's present; <see cref="ClockFile"/> wins.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The clock that tokens expire by.</summary>
    public TimeProvider TokenClock { get; init; } = TimeProvider.System;

    /// <summary>A file holding the present instant in ISO 8601, kept up to date by another process.</summary>
    public string? ClockFile { get; init; }

    /// <summary>What the managed identity endpoint expects in <c>X-IDENTITY-HEADER</c>.</summary>
    public string IdentityHeader { get; init; } = "sample-tenant-identity-header";

    /// <summary>Faults to start with; more can be posted to <c>/_tenant/faults</c>.</summary>
    public IReadOnlyList<Http.FaultRule> Faults { get; init; } = [];
}
