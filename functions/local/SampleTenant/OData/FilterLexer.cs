namespace SampleTenant.OData;

internal enum TokenKind
{
    Word,
    Text,
    Open,
    Close,
    Comma,
    Colon,
    End,
}

/// <summary>Splits a <c>$filter</c> into words, quoted texts and punctuation.</summary>
internal static class FilterLexer
{
    public static List<(TokenKind Kind, string Value)> Split(string filter)
    {
        var tokens = new List<(TokenKind, string)>();
        var at = 0;
        while (at < filter.Length)
        {
            var c = filter[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c == '\'')
            {
                tokens.Add((TokenKind.Text, QuotedText(filter, ref at)));
            }
            else if (Punctuation(c) is { } kind && !(c == ':' && IsInsideTime(filter, at)))
            {
                tokens.Add((kind, c.ToString()));
                at++;
            }
            else
            {
                tokens.Add((TokenKind.Word, Word(filter, ref at)));
            }
        }

        tokens.Add((TokenKind.End, ""));
        return tokens;
    }

    private static TokenKind? Punctuation(char c) => c switch
    {
        '(' => TokenKind.Open,
        ')' => TokenKind.Close,
        ',' => TokenKind.Comma,
        ':' => TokenKind.Colon,
        _ => null,
    };

    private static bool IsInsideTime(string filter, int at) =>
        at > 0 && char.IsDigit(filter[at - 1]) && at + 1 < filter.Length && char.IsDigit(filter[at + 1]);

    private static string Word(string filter, ref int at)
    {
        var from = at;
        while (at < filter.Length
            && !char.IsWhiteSpace(filter[at])
            && filter[at] != '\''
            && (Punctuation(filter[at]) is null || (filter[at] == ':' && IsInsideTime(filter, at))))
        {
            at++;
        }

        return filter[from..at];
    }

    private static string QuotedText(string filter, ref int at)
    {
        var text = new System.Text.StringBuilder();
        for (at++; at < filter.Length; at++)
        {
            if (filter[at] != '\'')
            {
                text.Append(filter[at]);
            }
            else if (at + 1 < filter.Length && filter[at + 1] == '\'')
            {
                text.Append('\'');
                at++;
            }
            else
            {
                at++;
                return text.ToString();
            }
        }

        throw GraphException.BadRequest("There is an unterminated string literal at the end of the filter clause.");
    }
}
