using System.Reflection;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IsmsFunctions.Tests.OpenApi;

/// <summary>
/// Reads off the app's sources what each HTTP function takes and answers: what is read of the query, the type of the body, the types of the answers. Nobody writes
/// any of it twice, so it cannot differ from what the functions do.
/// </summary>
internal sealed class SourceSurface
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Assembly App = typeof(AccessTable).Assembly;
    private readonly CSharpCompilation compilation;
    private readonly DocumentationText documentation = new(App, typeof(Isms.Organizations.Organization).Assembly);

    private SourceSurface()
    {
        var folder = Path.Combine(Repository.Root, "functions", "IsmsFunctions");
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileNameWithoutExtension(p) != App.GetName().Name)
            .Select(p => MetadataReference.CreateFromFile(p));
        compilation = CSharpCompilation.Create(
            App.GetName().Name,
            [CSharpSyntaxTree.ParseText(ImplicitUsings, parse), .. sources.Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), parse, f))],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>All operations below <c>/api</c>, in the order of their routes.</summary>
    public static IReadOnlyList<Operation> Read()
    {
        var surface = new SourceSurface();
        return [.. surface.Operations().OrderBy(o => o.Route, StringComparer.Ordinal).ThenBy(o => o.Verb, StringComparer.Ordinal)];
    }

    private IEnumerable<Operation> Operations()
    {
        foreach (var method in App.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function
                || method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().FirstOrDefault() is not { } trigger
                || trigger.Route?.StartsWith("api/", StringComparison.Ordinal) != true)
            {
                continue;
            }

            var symbol = compilation.GetTypeByMetadataName(method.DeclaringType!.FullName!)!.GetMembers(method.Name).OfType<IMethodSymbol>().Single();
            foreach (var verb in trigger.Methods!)
            {
                var capability = method.DeclaringType.Namespace!.Split('.')[1];
                var operation = new Operation(function.Name, capability, verb.ToLowerInvariant(), trigger.Route, documentation.SummaryOf(method) ?? function.Name);
                new Walk(compilation, operation).Into(symbol, [], []);
                yield return operation;
            }
        }
    }

    /// <summary>Follows a request through the methods that it is handed to.</summary>
    private sealed class Walk(CSharpCompilation compilation, Operation operation)
    {
        private readonly HashSet<string> seen = [];

        public void Into(IMethodSymbol method, Dictionary<string, string> words, Dictionary<string, ITypeSymbol> types)
        {
            var key = $"{method.OriginalDefinition.ToDisplayString()} {string.Join(',', words)} {string.Join(',', types)}";
            if (!seen.Add(key) || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } syntax)
            {
                return;
            }

            var model = compilation.GetSemanticModel(syntax.SyntaxTree);
            foreach (var node in syntax.DescendantNodes())
            {
                switch (node)
                {
                    case ElementAccessExpressionSyntax access when model.GetTypeInfo(access.Expression).Type?.Name == "IQueryCollection":
                        Word(model, access.ArgumentList.Arguments[0].Expression, words);
                        break;
                    case MemberAccessExpressionSyntax { Name.Identifier.Text: "Form" or "ReadFormAsync" or "ContentType" } member
                        when model.GetTypeInfo(member.Expression).Type?.Name == "HttpRequest":
                        operation.TakesForm = true;
                        break;
                    case MemberAccessExpressionSyntax { Name.Identifier.Text: "Body" } member
                        when model.GetTypeInfo(member.Expression).Type?.Name == "HttpRequest" && !IsOfHosting(method):
                        operation.TakesFile = true;
                        break;
                    case InvocationExpressionSyntax call when model.GetSymbolInfo(call).Symbol is IMethodSymbol called:
                        Call(model, call, called, words, types);
                        break;
                }
            }
        }

        private static bool IsOfHosting(IMethodSymbol method) => method.ContainingType.Name == "Requests";

        private void Word(SemanticModel model, ExpressionSyntax expression, Dictionary<string, string> words)
        {
            if (model.GetConstantValue(expression) is { HasValue: true, Value: string constant })
            {
                operation.Queries.Add(constant);
            }
            else if (model.GetSymbolInfo(expression).Symbol is IParameterSymbol parameter && words.TryGetValue(parameter.Name, out var word))
            {
                operation.Queries.Add(word);
            }
        }

        private void Call(
            SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol called, Dictionary<string, string> words, Dictionary<string, ITypeSymbol> types)
        {
            var arguments = call.ArgumentList.Arguments;
            var definition = called.ReducedFrom ?? called;
            switch (definition.ContainingType.Name, definition.Name)
            {
                case ("Requests", "ReadBodyAsync" or "ReadOptionalBodyAsync"):
                    operation.Body = Closed(called.TypeArguments[0], types);
                    operation.BodyIsOptional = definition.Name == "ReadOptionalBodyAsync";
                    return;
                case ("Requests", "Command"):
                    operation.IsCommand = true;
                    return;
                case ("Answers", "Ok" or "Accepted" or "Created"):
                    var status = definition.Name switch { "Accepted" => 202, "Created" => 201, _ => 200 };
                    operation.HasETag |= definition.Name == "Ok" && arguments.Count > 1;
                    Document(status, model.GetTypeInfo(arguments[^1].Expression).Type, types);
                    return;
                case ("Results", "Json"):
                    var statuses = call.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(m => m.Name.Identifier.Text)
                        .Where(n => n.StartsWith("Status", StringComparison.Ordinal) && n.Length > 9).Select(n => int.Parse(n.AsSpan(6, 3), provider: null)).ToList();
                    statuses.ForEach(s => Document(s, model.GetTypeInfo(arguments[0].Expression).Type, types));
                    return;
                case ("Results", "NoContent"):
                    operation.ReplyOf(204);
                    return;
                case ("Results", "StatusCode"):
                    if (model.GetConstantValue(arguments[0].Expression) is { HasValue: true, Value: int code })
                    {
                        operation.ReplyOf(code);
                    }

                    return;
                case ("Results", "File" or "Bytes" or "Stream" or "Text" or "Content" or "Redirect"):
                    operation.ReplyOf(definition.Name == "Redirect" ? 302 : 200).IsFile = true;
                    return;
                case ("IQueryCollection", "ContainsKey" or "TryGetValue"):
                    Word(model, arguments[0].Expression, words);
                    return;
            }

            if (definition.Parameters.Any(p => p.Type.Name is "HttpRequest" or "IQueryCollection"))
            {
                Follow(model, arguments, called, words, types);
            }
        }

        private void Follow(
            SemanticModel model, SeparatedSyntaxList<ArgumentSyntax> arguments, IMethodSymbol called, Dictionary<string, string> words, Dictionary<string, ITypeSymbol> types)
        {
            var definition = called.ReducedFrom ?? called;
            var shift = called.ReducedFrom is null ? 0 : 1;
            var handed = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < arguments.Count; i++)
            {
                var parameter = arguments[i].NameColon is { } named
                    ? definition.Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.Text)
                    : definition.Parameters.ElementAtOrDefault(i + shift);
                if (parameter is null || parameter.Type.SpecialType != SpecialType.System_String)
                {
                    continue;
                }

                if (model.GetConstantValue(arguments[i].Expression) is { HasValue: true, Value: string constant })
                {
                    handed[parameter.Name] = constant;
                }
                else if (model.GetSymbolInfo(arguments[i].Expression).Symbol is IParameterSymbol own && words.TryGetValue(own.Name, out var word))
                {
                    handed[parameter.Name] = word;
                }
            }

            var open = called.OriginalDefinition.TypeParameters;
            var closed = open.Select((p, i) => (p.Name, Type: Closed(called.TypeArguments[i], types))).Where(p => p.Type is not null)
                .ToDictionary(p => p.Name, p => p.Type!, StringComparer.Ordinal);
            Into(definition.OriginalDefinition, handed, closed);
        }

        private void Document(int status, ITypeSymbol? type, Dictionary<string, ITypeSymbol> types)
        {
            var reply = operation.ReplyOf(status);
            if (type is not null && Closed(type, types) is { } closed && !reply.Documents.Contains(closed, SymbolEqualityComparer.Default))
            {
                reply.Documents.Add(closed);
            }
        }

        private static ITypeSymbol? Closed(ITypeSymbol type, Dictionary<string, ITypeSymbol> types) =>
            type is ITypeParameterSymbol parameter ? types.GetValueOrDefault(parameter.Name) : type;
    }
}
