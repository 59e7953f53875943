using System.Text.RegularExpressions;
using Isms.Rules;

namespace Isms.Incidents;

/// <summary>
/// What people write about an incident goes into a record that is kept and shown: it counts the persons concerned and does not name them. Names cannot be told from
/// other words, but addresses and numbers can.
/// </summary>
internal static partial class IncidentText
{
    private const int MostCharacters = 4_000;

    /// <summary>Refuses a text that is missing, too long, or holds personal data.</summary>
    public static Refusal? IsSaid(string? text, string field) =>
        string.IsNullOrWhiteSpace(text)
            ? Refusal.Of(RefusalKind.RuleBroken, "incident-text-missing", field, null, field) with { Missing = [field] }
            : IsFitForTheRecord(text, field);

    /// <summary>Refuses a text that is too long or holds personal data; none is fine.</summary>
    public static Refusal? IsFitForTheRecord(string? text, string field) =>
        text is null ? null
        : text.Length > MostCharacters ? Refusal.Of(RefusalKind.InvalidInput, "incident-text-too-long", field, null, field, MostCharacters)
        : MailAddress().IsMatch(text) || LongNumber().IsMatch(text) ? Refusal.Of(RefusalKind.RuleBroken, "incident-text-holds-personal-data", field, null, field)
        : null;

    [GeneratedRegex(@"[\p{L}\p{N}._%+-]+[@＠][\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+")]
    private static partial Regex MailAddress();

    /// <summary>Telephone numbers, and card and individual numbers, grouped or not. A date with its time is none, nor is the number in an id.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{N}-])(?:\d{10,}|0\d{1,4}[ -]\d{1,4}[ -]\d{3,4}|\d{4}(?:[ -]\d{4}){2,3}|\+\d[\d -]{8,})(?!\p{N})")]
    private static partial Regex LongNumber();
}
