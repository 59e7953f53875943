using Isms.Text;

namespace Isms.Catalogues;

/// <summary>Where a clause stands in the outline of the standard.</summary>
public enum ClauseLevel
{
    /// <summary>It makes demands: the lowest level that is numbered.</summary>
    Clause,

    /// <summary>It only groups what is below it, such as <c>9</c> or <c>9.2</c>.</summary>
    Heading,

    /// <summary>A lettered item of a clause, such as <c>6.1.3 d</c>.</summary>
    Item,
}

/// <summary>A line of the outline of clauses 4–10.</summary>
/// <param name="Id">The number, with the letter of an item: <c>9</c>, <c>9.3.2</c>, <c>9.3.2 d</c>.</param>
/// <param name="Title">Its name; for an item, what it is about.</param>
/// <param name="Level">Heading, clause or item.</param>
public sealed record Clause(string Id, LocalizedText Title, ClauseLevel Level = ClauseLevel.Clause) : Requirement(Id, Title)
{
    /// <summary>The number of the line that this one is under; null for the clauses 4 … 10 themselves.</summary>
    public string? Parent
    {
        get
        {
            var end = Id.LastIndexOfAny(['.', ' ']);
            return end < 0 ? null : Id[..end];
        }
    }
}
