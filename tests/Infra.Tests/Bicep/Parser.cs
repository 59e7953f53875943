namespace Infra.Tests.Bicep;

/// <summary>Reads the declarations of a template.</summary>
internal sealed class Parser(List<Token> tokens)
{
    private static readonly string[][] Operators = [["??"], ["||"], ["&&"], ["==", "!=", "=~", "!~"], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    private int at;

    private Token Here => tokens[at];

    public static List<Declaration> Read(string source)
    {
        var parser = new Parser(new Tokenizer(source).Read());
        List<Declaration> declarations = [];
        for (parser.SkipLines(); parser.Here.Kind != TokenKind.End; parser.SkipLines())
            declarations.Add(parser.ReadDeclaration());
        return declarations;
    }

    private Declaration ReadDeclaration()
    {
        List<CallNode> decorators = [];
        while (Takes("@"))
        {
            var decorator = ReadPostfix();
            decorators.Add(decorator as CallNode ?? throw new BicepSyntaxException(decorator.Line, "a decorator is a call"));
            SkipLines();
        }

        var (line, kind) = (Here.Line, Take(TokenKind.Word).Value);
        var (name, type, existing) = ("", "", false);
        switch (kind)
        {
            case "param" or "output":
                name = Take(TokenKind.Word).Value;
                type = Is("=") ? "" : ReadType();
                break;
            case "var" or "metadata":
                name = Take(TokenKind.Word).Value;
                break;
            case "resource" or "module":
                (name, type) = (Take(TokenKind.Word).Value, TakeText());
                existing = TakesWord("existing");
                break;
            case "targetScope":
                name = kind;
                break;
            case "using":
                return new Declaration(line, kind, TakeText(), "", false, decorators, null);
            case "import":
                return ReadImport(line, decorators);
            default:
                throw new BicepSyntaxException(line, $"'{kind}' begins no declaration");
        }

        var value = Takes("=") ? kind is "resource" or "module" ? ReadBody() : ReadExpression() : null;
        if (value is null && kind != "param")
            throw new BicepSyntaxException(line, $"{kind} {name} has no value");
        return Here.Kind is TokenKind.NewLine or TokenKind.End || Is("}")
            ? new Declaration(line, kind, name, type, existing, decorators, value)
            : throw new BicepSyntaxException(Here.Line, $"'{Here.Value}' after the end of {kind} {name}");
    }

    private Declaration ReadImport(int line, List<CallNode> decorators)
    {
        List<Node> names = [];
        Must("{");
        for (SkipSeparators(); !Takes("}"); SkipSeparators())
            names.Add(new NameNode(Here.Line, Take(TokenKind.Word).Value));
        if (!TakesWord("from"))
            throw new BicepSyntaxException(line, "an import says from where");
        return new Declaration(line, "import", "", TakeText(), false, decorators, new PartsNode(line, "names", names));
    }

    private string ReadType()
    {
        var type = Take(TokenKind.Word).Value;
        while (Takes("[") || Takes("?") || Takes("]"))
            type += "[]";
        return type;
    }

    private Node ReadBody()
    {
        var line = Here.Line;
        if (!TakesWord("if"))
            return ReadExpression();
        Must("(");
        var condition = ReadExpression();
        Must(")");
        return new PartsNode(line, "if", [condition, ReadExpression()]);
    }

    private Node ReadExpression()
    {
        var condition = ReadOperators(0);
        if (!TakesAfterLines("?"))
            return condition;
        SkipLines();
        var yes = ReadExpression();
        SkipLines();
        Must(":");
        SkipLines();
        return new PartsNode(condition.Line, "?:", [condition, yes, ReadExpression()]);
    }

    private Node ReadOperators(int level)
    {
        if (level == Operators.Length)
            return ReadUnary();
        var left = ReadOperators(level + 1);
        while (Operators[level].FirstOrDefault(o => Takes(o)) is { } symbol)
        {
            SkipLines();
            left = new PartsNode(left.Line, symbol, [left, ReadOperators(level + 1)]);
        }
        return left;
    }

    private Node ReadUnary()
    {
        var line = Here.Line;
        return Takes("!") ? new PartsNode(line, "!", [ReadUnary()]) : Takes("-") ? Negative(line) : ReadPostfix();
    }

    private LiteralNode Negative(int line) => ReadUnary() is LiteralNode { Value: var number } ? new LiteralNode(line, "-" + number) : throw new BicepSyntaxException(line, "'-' goes before a number");

    private Node ReadPostfix()
    {
        var node = ReadPrimary();
        while (true)
        {
            var line = Here.Line;
            if (Takes(".") || Takes(".?") || Takes("::"))
            {
                var name = Take(TokenKind.Word).Value;
                node = Takes("(") ? new CallNode(line, name, node, ReadUntil(")")) : new MemberNode(line, node, name);
            }
            else if (Takes("[") || Takes("[?"))
            {
                node = new PartsNode(line, "[]", [node, .. ReadUntil("]")]);
            }
            else if (!Takes("!"))
            {
                return node;
            }
        }
    }

    private Node ReadPrimary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case TokenKind.Text:
                at++;
                return new TextNode(token.Line, token.Parts!, [.. token.Expressions!.Select(e => new Parser(new Tokenizer(e.Source, e.Line).Read()).ReadExpression())]);
            case TokenKind.Number:
                at++;
                return new LiteralNode(token.Line, token.Value);
            case TokenKind.Word:
                return ReadWord();
            default:
                return Takes("{") ? ReadObject(token.Line)
                    : Takes("[") ? ReadArrayOrLoop(token.Line)
                    : Takes("(") ? ReadLambdaOrGroup(token.Line)
                    : throw new BicepSyntaxException(token.Line, $"'{token.Value.Trim()}' is no expression");
        }
    }

    private Node ReadWord()
    {
        var word = Take(TokenKind.Word);
        if (word.Value is "true" or "false" or "null")
            return new LiteralNode(word.Line, word.Value);
        if (Takes("=>"))
            return new LambdaNode(word.Line, [word.Value], ReadExpression());
        return Takes("(") ? new CallNode(word.Line, word.Value, null, ReadUntil(")")) : new NameNode(word.Line, word.Value);
    }

    private Node ReadLambdaOrGroup(int line)
    {
        var parts = ReadUntil(")");
        if (Takes("=>"))
            return new LambdaNode(line, [.. parts.Cast<NameNode>().Select(p => p.Name)], ReadExpression());
        return parts is [var only] ? only : throw new BicepSyntaxException(line, "brackets hold one expression");
    }

    private ObjectNode ReadObject(int line)
    {
        List<(Node, Node)> properties = [];
        List<Declaration> resources = [];
        for (SkipSeparators(); !Takes("}"); SkipSeparators())
        {
            if (Here is { Kind: TokenKind.Word, Value: "resource" } && tokens[at + 1].Kind == TokenKind.Word)
            {
                resources.Add(ReadDeclaration());
                continue;
            }

            var key = Here.Kind == TokenKind.Word ? new TextNode(Here.Line, [Take(TokenKind.Word).Value], []) : ReadPrimary();
            if (key is TextNode { Constant: { } name } && properties.Any(p => p.Item1 is TextNode { Constant: { } other } && other == name))
                throw new BicepSyntaxException(key.Line, $"'{name}' stands twice in one object");
            Must(":");
            properties.Add((key, ReadBody()));
        }
        return new ObjectNode(line, properties, resources);
    }

    private Node ReadArrayOrLoop(int line)
    {
        SkipLines();
        return TakesWord("for") ? ReadLoop(line) : new PartsNode(line, "array", ReadUntil("]"));
    }

    private LoopNode ReadLoop(int line)
    {
        List<string> variables = [];
        if (Takes("("))
            variables.AddRange(ReadUntil(")").Cast<NameNode>().Select(v => v.Name));
        else
            variables.Add(Take(TokenKind.Word).Value);
        if (!TakesWord("in"))
            throw new BicepSyntaxException(line, "a loop says what it goes through");
        var source = ReadExpression();
        Must(":");
        SkipLines();
        var body = ReadBody();
        SkipLines();
        Must("]");
        return new LoopNode(line, variables, source, body);
    }

    private List<Node> ReadUntil(string end)
    {
        List<Node> parts = [];
        for (SkipSeparators(); !Takes(end); SkipSeparators())
            parts.Add(ReadExpression());
        return parts;
    }

    private void SkipLines()
    {
        while (Here.Kind == TokenKind.NewLine)
            at++;
    }

    private void SkipSeparators()
    {
        while (Here.Kind == TokenKind.NewLine || Is(","))
            at++;
    }

    private bool Is(string symbol) => Here.Kind == TokenKind.Symbol && Here.Value == symbol;

    private bool Takes(string symbol)
    {
        if (!Is(symbol))
            return false;
        at++;
        return true;
    }

    private bool TakesAfterLines(string symbol)
    {
        var before = at;
        SkipLines();
        if (Takes(symbol))
            return true;
        at = before;
        return false;
    }

    private bool TakesWord(string word)
    {
        if (Here.Kind != TokenKind.Word || Here.Value != word)
            return false;
        at++;
        return true;
    }

    private void Must(string symbol)
    {
        if (!Takes(symbol))
            throw new BicepSyntaxException(Here.Line, $"'{symbol}' is missing before '{Here.Value.Trim()}'");
    }

    private Token Take(TokenKind kind) => Here.Kind == kind ? tokens[at++] : throw new BicepSyntaxException(Here.Line, $"'{Here.Value.Trim()}' where a {kind} belongs");

    private string TakeText() => Take(TokenKind.Text) is { Expressions: [], Parts: [var text] } ? text : throw new BicepSyntaxException(Here.Line, "this text must be constant");
}
