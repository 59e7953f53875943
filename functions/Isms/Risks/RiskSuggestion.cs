using System.Globalization;
using Isms.Audits;
using Isms.Registers;
using Isms.Rules;
using Isms.Text;

namespace Isms.Risks;

/// <summary>What was decided about a suggested risk.</summary>
public enum RiskSuggestionState
{
    /// <summary>Nothing yet (未対応).</summary>
    Open,

    /// <summary>It has become a risk of the register (採用).</summary>
    Adopted,

    /// <summary>It is none, for a reason (不採用).</summary>
    Dismissed,
}

/// <summary>A risk that the system suggests, because something was noticed. People decide.</summary>
public sealed record RiskSuggestion
{
    /// <summary>The key of its source, so that the same source suggests once.</summary>
    public required string Id { get; init; }

    /// <summary>What it comes from.</summary>
    public required RiskSourceKind Source { get; init; }

    /// <summary>What was noticed.</summary>
    public required LocalizedText Noticed { get; init; }

    /// <summary>The kind of risk.</summary>
    public required string Pattern { get; init; }

    /// <summary>What the risk would be called.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>The threat (脅威).</summary>
    public required LocalizedText Threat { get; init; }

    /// <summary>The vulnerability (脆弱性).</summary>
    public required LocalizedText Vulnerability { get; init; }

    /// <summary>The likelihood that it would start with, on the organisation's scale.</summary>
    public required int Likelihood { get; init; }

    /// <summary>The department's id; empty where it concerns no particular one.</summary>
    public string Department { get; init; } = "";

    /// <summary>Controls that concern it.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>Ids of the assets concerned.</summary>
    public IReadOnlyList<string> Assets { get; init; } = [];

    /// <summary>Ids of evidence of what was noticed.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>What was decided.</summary>
    public RiskSuggestionState State { get; init; }

    /// <summary>The id of the risk it has become.</summary>
    public string? Risk { get; init; }

    /// <summary>Why it is no risk, or what was remarked.</summary>
    public string? Reason { get; init; }

    /// <summary>The person who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>Which risks are suggested, and what may become of a suggestion.</summary>
public static class RiskSuggestions
{
    /// <summary>The scale that the patterns' likelihoods are on.</summary>
    private const int PatternScale = 5;

    private const int LongestReason = 2000;

    /// <summary>The risk that a source suggests.</summary>
    public static RiskSuggestion Of(RiskSource source, RiskMethod method)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(method);
        var pattern = (source.Exception is { } code ? RiskPatterns.OfException(code) : null) ?? RiskPatterns.OfControl(source.Control);
        string[] controls = source.Exception is not null ? [.. pattern.Controls] : source.Control is { } control ? [control] : [];
        return new RiskSuggestion
        {
            Id = source.Key,
            Source = source.Kind,
            Noticed = source.What,
            Pattern = pattern.Id,
            Title = pattern.Title,
            Threat = pattern.Threat,
            Vulnerability = pattern.Vulnerability,
            Likelihood = OnScale(pattern.Likelihood + Weight(source.Urgency), method.Likelihood.Count),
            Department = source.Department,
            Controls = controls,
            Assets = source.Assets,
            Evidence = source.Evidence,
            NoticedAt = source.At,
        };
    }

    /// <summary>The suggestion after it became a risk. The risk is there already, so nothing can refuse this any more.</summary>
    public static RiskSuggestion Adopted(RiskSuggestion suggestion, string risk, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        return suggestion.State == RiskSuggestionState.Adopted && suggestion.Risk == risk
            ? suggestion
            : suggestion with { State = RiskSuggestionState.Adopted, Risk = risk, DecidedBy = by, DecidedAt = at };
    }

    /// <summary>The values that the risk starts with, before people say more; texts in one language.</summary>
    /// <param name="suggestion">The suggestion.</param>
    /// <param name="culture">The language of the register.</param>
    /// <param name="noticedOn">The day it was noticed, in the organisation's time zone.</param>
    public static IReadOnlyDictionary<string, string> ValuesOf(RiskSuggestion suggestion, CultureInfo culture, DateOnly noticedOn)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        return new Dictionary<string, string>
        {
            ["name"] = suggestion.Title.In(culture),
            [RiskFields.Threat] = suggestion.Threat.In(culture),
            [RiskFields.Vulnerability] = suggestion.Vulnerability.In(culture),
            [RiskFields.Department] = suggestion.Department,
            [RiskFields.Assets] = string.Join(RegisterRules.ListSeparator, suggestion.Assets),
            [RiskFields.Controls] = string.Join(RegisterRules.ListSeparator, suggestion.Controls),
            [RiskFields.Evidence] = string.Join(RegisterRules.ListSeparator, suggestion.Evidence),
            [RiskFields.Source] = Texts.Get("risk-suggestion.source", Texts.Get("risk-suggestion.kind." + suggestion.Source), suggestion.Id).In(culture),
            [RiskFields.IdentifiedAt] = RiskFields.TextOf(noticedOn),
            [RiskFields.Notes] = suggestion.Noticed.In(culture),
        };
    }

    /// <summary>The suggestion as dismissed.</summary>
    public static Outcome<RiskSuggestion> Dismiss(RiskSuggestion suggestion, string? reason, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        var refusal = SuggestionIsDecidedOnce(suggestion) ?? DismissalStatesItsReason(reason);
        return refusal is not null
            ? refusal
            : suggestion with { State = RiskSuggestionState.Dismissed, Reason = reason!.Trim(), DecidedBy = by, DecidedAt = at };
    }

    /// <summary>Refuses a second decision.</summary>
    public static Refusal? SuggestionIsDecidedOnce(RiskSuggestion suggestion)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        return suggestion.State == RiskSuggestionState.Open
            ? null
            : Refusal.Of(RefusalKind.IllegalState, "risk-suggestion-decided", "id", suggestion.Id, suggestion.Id, Texts.Get("risk-suggestion.state." + suggestion.State));
    }

    private static Refusal? DismissalStatesItsReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason
            ? Refusal.Of(RefusalKind.RuleBroken, "risk-suggestion-reason-missing", "reason", null, LongestReason) with { Missing = ["reason"] }
            : null;

    /// <summary>What was grave once is likelier than the pattern's start; what was slight is not.</summary>
    private static int Weight(Urgency urgency) => urgency switch
    {
        Urgency.Immediate => 1,
        Urgency.Low => -1,
        _ => 0,
    };

    private static int OnScale(int likelihood, int levels) =>
        (int)Math.Ceiling(Math.Clamp(likelihood, 1, PatternScale) * levels / (double)PatternScale);
}
