using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>Answers one kind of path; the arguments are what stands in its braces.</summary>
internal delegate GraphAnswer RouteHandler(GraphRequest request, string[] arguments);

/// <summary>The paths the tenant knows, segment by segment.</summary>
internal sealed class RouteTable
{
    private readonly List<(string Method, string[] Template, RouteHandler Handler)> routes = [];

    public void Get(string template, RouteHandler handler) => routes.Add(("GET", template.Split('/'), handler));

    public void Post(string template, RouteHandler handler) => routes.Add(("POST", template.Split('/'), handler));

    /// <exception cref="GraphException">400 for a path that nothing is known about, 405 for a wrong method.</exception>
    public GraphAnswer Answer(GraphRequest request)
    {
        var segments = Segments(request.Path);
        var knowsPath = false;
        foreach (var (method, template, handler) in routes)
        {
            if (Match(template, segments) is { } arguments)
            {
                knowsPath = true;
                if (method == request.Method)
                {
                    return handler(request, arguments);
                }
            }
        }

        throw knowsPath
            ? new GraphException(405, "Request_BadRequest", $"Specified HTTP method is not allowed for the request target.")
            : GraphException.NoSuchSegment(segments[^1]);
    }

    // users('id') says the same as users/id.
    private static string[] Segments(string path) =>
        path.Replace("('", "/", StringComparison.Ordinal).Replace("')", "", StringComparison.Ordinal).Split('/');

    private static string[]? Match(string[] template, string[] segments)
    {
        if (template.Length != segments.Length)
        {
            return null;
        }

        var arguments = new List<string>();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == "{}")
            {
                arguments.Add(segments[i]);
            }
            else if (!template[i].Equals(segments[i], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return [.. arguments];
    }
}
