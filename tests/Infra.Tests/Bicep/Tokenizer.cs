using System.Text;

namespace Infra.Tests.Bicep;

internal enum TokenKind
{
    Word,
    Number,
    Text,
    Symbol,
    NewLine,
    End,
}

/// <summary>A token. The parts of a text with expressions are kept with the source of each expression.</summary>
internal sealed record Token(TokenKind Kind, string Value, int Line, IReadOnlyList<string>? Parts = null, IReadOnlyList<(string Source, int Line)>? Expressions = null);

/// <summary>What is wrong with the form of a template.</summary>
internal sealed class BicepSyntaxException(int line, string message) : Exception($"line {line}: {message}");

/// <summary>Cuts a template into tokens (https://learn.microsoft.com/azure/azure-resource-manager/bicep/file).</summary>
internal sealed class Tokenizer(string source, int firstLine = 1)
{
    private static readonly string[] Symbols =
        ["...", "::", "=>", "==", "!=", "=~", "!~", "<=", ">=", "&&", "||", "??", ".?", "[?", "{", "}", "[", "]", "(", ")", ".", ",", ":", "?", "=", "!", "<", ">", "+", "-", "*", "/", "%", "@", "|"];

    private int at;
    private int line = firstLine;

    public List<Token> Read()
    {
        List<Token> tokens = [];
        while (Next() is { } token)
            tokens.Add(token);
        tokens.Add(new Token(TokenKind.End, "", line));
        return tokens;
    }

    private Token? Next()
    {
        SkipBlanksAndRemarks();
        if (at >= source.Length)
            return null;
        var c = source[at];
        if (c == '\n')
        {
            at++;
            return new Token(TokenKind.NewLine, "\n", line++);
        }
        if (c == '\'')
            return source.AsSpan(at).StartsWith("'''") ? LongText() : Text();
        if (char.IsAsciiDigit(c))
            return new Token(TokenKind.Number, While(char.IsAsciiDigit), line);
        if (char.IsAsciiLetter(c) || c == '_')
            return new Token(TokenKind.Word, While(x => char.IsAsciiLetterOrDigit(x) || x == '_'), line);
        var symbol = Symbols.FirstOrDefault(s => source.AsSpan(at).StartsWith(s)) ?? throw new BicepSyntaxException(line, $"'{c}' is not understood");
        at += symbol.Length;
        return new Token(TokenKind.Symbol, symbol, line);
    }

    private void SkipBlanksAndRemarks()
    {
        while (at < source.Length)
        {
            if (source[at] is ' ' or '\t' or '\r')
                at++;
            else if (source.AsSpan(at).StartsWith("//") || source[at] == '#')
                At(source.IndexOf('\n', at));
            else if (source.AsSpan(at).StartsWith("/*"))
                At(source.IndexOf("*/", at, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : throw new BicepSyntaxException(line, "the remark has no end"));
            else
                return;
        }
    }

    private void At(int end)
    {
        end = end < 0 ? source.Length : end;
        line += source.AsSpan(at, end - at).Count('\n');
        at = end;
    }

    private string While(Func<char, bool> fits)
    {
        var from = at;
        while (at < source.Length && fits(source[at]))
            at++;
        return source[from..at];
    }

    private Token LongText()
    {
        var (end, from) = (source.IndexOf("'''", at + 3, StringComparison.Ordinal), at + 3);
        if (end < 0)
            throw new BicepSyntaxException(line, "the text has no end");
        var token = new Token(TokenKind.Text, source[from..end], line, [source[from..end]], []);
        At(end + 3);
        return token;
    }

    private Token Text()
    {
        var (first, parts, expressions, part) = (at++, new List<string>(), new List<(string, int)>(), new StringBuilder());
        while (true)
        {
            if (at >= source.Length || source[at] == '\n')
                throw new BicepSyntaxException(line, "the text has no end");
            if (source[at] == '\'')
                break;
            if (source[at] == '\\')
            {
                part.Append(source[at + 1]);
                at += 2;
            }
            else if (source.AsSpan(at).StartsWith("${"))
            {
                parts.Add(part.ToString());
                part.Clear();
                expressions.Add((Expression(), line));
            }
            else
            {
                part.Append(source[at++]);
            }
        }

        at++;
        parts.Add(part.ToString());
        return new Token(TokenKind.Text, source[first..at], line, parts, expressions);
    }

    /// <summary>The source between <c>${</c> and its <c>}</c>, in which texts and objects may stand.</summary>
    private string Expression()
    {
        var from = at += 2;
        for (var (depth, quoted) = (1, false); at < source.Length; at++)
        {
            var c = source[at];
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0)
                return source[from..at++];
        }
        throw new BicepSyntaxException(line, "the expression has no end");
    }
}
