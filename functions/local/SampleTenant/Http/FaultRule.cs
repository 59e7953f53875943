using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace SampleTenant.Http;

/// <summary>What goes wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>429 with <c>Retry-After</c>.</summary>
    [JsonStringEnumMemberName("tooManyRequests")]
    TooManyRequests,

    /// <summary>429 without <c>Retry-After</c>, as identity protection answers.</summary>
    [JsonStringEnumMemberName("tooManyRequestsWithoutRetryAfter")]
    TooManyRequestsWithoutRetryAfter,

    /// <summary>503, with <c>Retry-After</c> if the rule has one.</summary>
    [JsonStringEnumMemberName("serviceUnavailable")]
    ServiceUnavailable,

    /// <summary>504.</summary>
    [JsonStringEnumMemberName("gatewayTimeout")]
    GatewayTimeout,

    /// <summary>The connection breaks in the middle of the JSON.</summary>
    [JsonStringEnumMemberName("cutBody")]
    CutBody,

    /// <summary>The body arrives in drops, <see cref="FaultRule.DelaySeconds"/> in all.</summary>
    [JsonStringEnumMemberName("slowBody")]
    SlowBody,

    /// <summary>A page begins with rows that the page before ended with.</summary>
    [JsonStringEnumMemberName("duplicateRows")]
    DuplicateRows,

    /// <summary>A <see cref="FaultRule.Fraction"/> of log rows becomes visible <see cref="FaultRule.DelaySeconds"/> after its time.</summary>
    [JsonStringEnumMemberName("lateRows")]
    LateRows,

    /// <summary>A page without rows, but with a next link.</summary>
    [JsonStringEnumMemberName("emptyPage")]
    EmptyPage,

    /// <summary>400 for a request that carries a skip token.</summary>
    [JsonStringEnumMemberName("expiredSkipToken")]
    ExpiredSkipToken,

    /// <summary>403, the application lacks the permission.</summary>
    [JsonStringEnumMemberName("missingPermission")]
    MissingPermission,

    /// <summary>403, the tenant has no premium licence.</summary>
    [JsonStringEnumMemberName("missingLicence")]
    MissingLicence,

    /// <summary>400, the tenant has no premium P2 licence.</summary>
    [JsonStringEnumMemberName("premiumLicenceRequired")]
    PremiumLicenceRequired,

    /// <summary>The next link leads to another host.</summary>
    [JsonStringEnumMemberName("foreignNextLink")]
    ForeignNextLink,
}

/// <summary>When a fault happens, and which. Without <see cref="Nth"/> and <see cref="Probability"/> it happens on every matching request.</summary>
public sealed record FaultRule
{
    private Regex? pattern;

    /// <summary>The path with <c>*</c> as wildcard, with or without the version: <c>/auditLogs/*</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Only the nth matching request, counted from 1.</summary>
    public int? Nth { get; init; }

    /// <summary>How likely it is for each matching request.</summary>
    public double? Probability { get; init; }

    /// <summary>The seed of the likelihood.</summary>
    public int Seed { get; init; }

    /// <summary>How often it happens at most.</summary>
    public int? Times { get; init; }

    /// <summary>The value of <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>For slow bodies and late rows.</summary>
    public double DelaySeconds { get; init; } = 3600;

    /// <summary>The part of the rows that is late.</summary>
    public double Fraction { get; init; } = 0.1;

    internal bool Matches(string version, string path)
    {
        pattern ??= new Regex(
            $"^{Regex.Escape(Path.Trim('/')).Replace("\\*", ".*", StringComparison.Ordinal)}$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return pattern.IsMatch(path) || pattern.IsMatch($"{version}/{path}");
    }
}
