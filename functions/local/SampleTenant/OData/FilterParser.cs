using System.Globalization;

namespace SampleTenant.OData;

/// <summary>The part of OData's filter grammar that Graph's directory and reporting collections understand.</summary>
internal sealed class FilterParser
{
    private static readonly HashSet<string> Comparisons = new(StringComparer.Ordinal) { "eq", "ne", "gt", "ge", "lt", "le" };
    private readonly List<(TokenKind Kind, string Value)> tokens;
    private readonly Stack<string> variables = new();
    private int at;

    private FilterParser(string filter) => tokens = FilterLexer.Split(filter);

    private (TokenKind Kind, string Value) Current => tokens[at];

    /// <exception cref="GraphException">400 where the filter is not understood.</exception>
    public static FilterNode Parse(string filter)
    {
        var parser = new FilterParser(filter);
        var node = parser.Disjunction();
        return parser.Current.Kind == TokenKind.End ? node : throw parser.Unexpected();
    }

    private FilterNode Disjunction()
    {
        var left = Conjunction();
        while (TakeWord("or"))
        {
            left = new FilterNode.Or(left, Conjunction());
        }

        return left;
    }

    private FilterNode Conjunction()
    {
        var left = Condition();
        while (TakeWord("and"))
        {
            left = new FilterNode.And(left, Condition());
        }

        return left;
    }

    private FilterNode Condition()
    {
        if (TakeWord("not"))
        {
            return new FilterNode.Not(Condition());
        }

        if (Current.Kind == TokenKind.Open)
        {
            at++;
            var inner = Disjunction();
            Take(TokenKind.Close);
            return inner;
        }

        var word = Take(TokenKind.Word);
        if (Current.Kind == TokenKind.Open)
        {
            return word.EndsWith("/any", StringComparison.Ordinal) ? AnyOf(Path(word[..^4])) : TextFunction(word);
        }

        return Comparison(Path(word));
    }

    private FilterNode.Any AnyOf(FilterPath path)
    {
        Take(TokenKind.Open);
        if (Current.Kind == TokenKind.Close)
        {
            at++;
            return new FilterNode.Any(path, "", null);
        }

        var variable = Take(TokenKind.Word);
        Take(TokenKind.Colon);
        variables.Push(variable);
        var condition = Disjunction();
        variables.Pop();
        Take(TokenKind.Close);
        return new FilterNode.Any(path, variable, condition);
    }

    private FilterNode.Text TextFunction(string function)
    {
        function = function.ToLowerInvariant();
        if (function is not ("startswith" or "endswith" or "contains"))
        {
            throw GraphException.BadRequest($"An unknown function with name '{function}' was found.");
        }

        Take(TokenKind.Open);
        var path = Path(Take(TokenKind.Word));
        Take(TokenKind.Comma);
        var text = Take(TokenKind.Text);
        Take(TokenKind.Close);
        return new FilterNode.Text(function, path, text);
    }

    private FilterNode Comparison(FilterPath path)
    {
        // A boolean property may stand alone.
        if (Current.Kind != TokenKind.Word || Current.Value is "and" or "or")
        {
            return new FilterNode.Compare(path, "eq", new FilterLiteral(Truth: true));
        }

        var word = Take(TokenKind.Word);
        if (word == "in")
        {
            return new FilterNode.In(path, Values());
        }

        return Comparisons.Contains(word) ? new FilterNode.Compare(path, word, Literal()) : throw Unexpected();
    }

    private List<FilterLiteral> Values()
    {
        var values = new List<FilterLiteral>();
        Take(TokenKind.Open);
        do
        {
            values.Add(Literal());
        }
        while (Current.Kind == TokenKind.Comma && at++ >= 0);
        Take(TokenKind.Close);
        return values;
    }

    private FilterLiteral Literal()
    {
        var (kind, value) = Current;
        at++;
        return kind switch
        {
            TokenKind.Text => new FilterLiteral(Text: value),
            TokenKind.Word when value == "null" => new FilterLiteral(),
            TokenKind.Word when value is "true" or "false" => new FilterLiteral(Truth: value == "true"),
            TokenKind.Word when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => new FilterLiteral(Number: number),
            TokenKind.Word when Guid.TryParse(value, out _) => new FilterLiteral(Text: value),
            TokenKind.Word when Instant(value) is { } time => new FilterLiteral(Time: time),
            _ => throw Unexpected(),
        };
    }

    internal static DateTimeOffset? Instant(string value) =>
        value.Length >= 10
        && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private FilterPath Path(string word)
    {
        var segments = word.Split('/');
        return new FilterPath(variables.Contains(segments[0]) ? segments[1..] : segments);
    }

    private bool TakeWord(string word)
    {
        if (Current.Kind != TokenKind.Word || Current.Value != word)
        {
            return false;
        }

        at++;
        return true;
    }

    private string Take(TokenKind kind) => Current.Kind == kind ? tokens[at++].Value : throw Unexpected();

    private GraphException Unexpected() =>
        GraphException.BadRequest($"Invalid filter clause: syntax error near '{tokens[Math.Min(at, tokens.Count - 1)].Value}'.");
}
