using Isms.Documents;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Registers.Printing;

/// <summary>What the head of a printed register says besides its title and number.</summary>
/// <param name="Organization">Whose register it is.</param>
/// <param name="Version">Its version: how often it has been printed.</param>
/// <param name="On">The day it is printed.</param>
/// <param name="By">The person who prints it.</param>
/// <param name="AsOf">The day whose state it shows; null for the present.</param>
public sealed record PaperHead(Organization Organization, string Version, DateOnly On, string By, DateOnly? AsOf = null)
{
    /// <summary>The boxes to sign: whoever prints it has prepared it, checking and approving are still to be done.</summary>
    internal IReadOnlyList<Approval> Approvals =>
    [
        new(Texts.Get("document.prepared"), Organization.FindPerson(By)?.Name ?? LocalizedText.Same(By), On),
        new(Texts.Get("document.checked"), null, null),
        new(Texts.Get("document.approved"), null, null),
    ];

    internal PrintedDocument Document(RegisterDefinition register, params IReadOnlyList<Block> blocks) => new()
    {
        Title = register.Title,
        Organization = Organization.Name,
        Number = register.Layout.DocumentNumber,
        Version = Version,
        Date = On,
        IsLandscape = register.Layout.IsLandscape,
        Approvals = Approvals,
        Blocks = blocks,
    };
}
