using System.Text.Json;
using SampleTenant.OData;

namespace SampleTenant.Sources;

/// <summary>The moment and manner in which rows are read.</summary>
/// <param name="Now">The tenant's present, fixed for the whole of a paged listing.</param>
/// <param name="IsBeta">Whether the beta endpoint is asked.</param>
/// <param name="Expand">The relations to write into each row.</param>
internal sealed record RowContext(DateTimeOffset Now, bool IsBeta, IReadOnlyList<string> Expand);

/// <summary>Walks through rows in listing order.</summary>
internal interface IRowCursor
{
    /// <summary>The place of the present row; opening the source there begins with this row.</summary>
    long Position { get; }

    bool MoveNext();

    /// <summary>Writes the properties of the present row, without the braces.</summary>
    void WriteProperties(Utf8JsonWriter writer);
}

/// <summary>A collection that can be listed from any place.</summary>
internal abstract class RowSource
{
    /// <summary>The type's name for error texts, such as <c>microsoft.graph.user</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What follows <c>$metadata#</c> in the context address.</summary>
    public required string Context { get; init; }

    /// <summary>Properties sent where nothing is selected; null means all.</summary>
    public IReadOnlySet<string>? DefaultProperties { get; init; }

    /// <summary>Relations that can be expanded.</summary>
    public IReadOnlySet<string> Expandable { get; init; } = new HashSet<string>();

    /// <summary>Whether the listing ends with a link to what changes from now on.</summary>
    public bool IsDelta { get; init; }

    public int DefaultPageSize { get; init; } = 100;

    public int MaximalPageSize { get; init; } = 999;

    /// <param name="context">When and how.</param>
    /// <param name="query">The filter and order asked for.</param>
    /// <param name="position">The place of the first row, 0 for the beginning.</param>
    /// <param name="rest">What of the filter the source did not decide itself and is left for a look at each row.</param>
    public abstract IRowCursor Open(RowContext context, QueryOptions query, long position, out FilterNode? rest);
}
