using Microsoft.CodeAnalysis;

namespace IsmsFunctions.Tests.OpenApi;

/// <summary>One verb on one route, as the sources show it.</summary>
internal sealed class Operation(string function, string capability, string verb, string route, string summary)
{
    /// <summary>The function's name.</summary>
    public string Function => function;

    /// <summary>The folder it belongs to.</summary>
    public string Capability => capability;

    /// <summary>The HTTP method in lower case.</summary>
    public string Verb => verb;

    /// <summary>The route, beginning with <c>api/</c>.</summary>
    public string Route => route;

    /// <summary>What its documentation says.</summary>
    public string Summary => summary;

    /// <summary>Names of the query parameters that are read on the way.</summary>
    public SortedSet<string> Queries { get; } = new(StringComparer.Ordinal);

    /// <summary>The type of the JSON body; null where there is none.</summary>
    public ITypeSymbol? Body { get; set; }

    /// <summary>Whether a request without a body is understood.</summary>
    public bool BodyIsOptional { get; set; }

    /// <summary>Whether it takes a form with files.</summary>
    public bool TakesForm { get; set; }

    /// <summary>Whether it takes the bytes of a file as its body.</summary>
    public bool TakesFile { get; set; }

    /// <summary>Whether it reads who commands: idempotency key and version.</summary>
    public bool IsCommand { get; set; }

    /// <summary>Whether its answer carries an entity tag.</summary>
    public bool HasETag { get; set; }

    /// <summary>What it answers when it succeeds: the status, the types of JSON documents, and whether it can be something else than JSON.</summary>
    public SortedDictionary<int, Reply> Replies { get; } = [];

    public Reply ReplyOf(int status)
    {
        if (!Replies.TryGetValue(status, out var reply))
        {
            Replies[status] = reply = new Reply();
        }

        return reply;
    }
}

/// <summary>What an operation answers with one status.</summary>
internal sealed class Reply
{
    /// <summary>The types of the JSON documents.</summary>
    public List<ITypeSymbol> Documents { get; } = [];

    /// <summary>Whether it can be a file, a page or a text.</summary>
    public bool IsFile { get; set; }
}
