using Isms.Organizations;
using Isms.Registers;

namespace IsmsFunctions.Registers;

/// <summary>Looks things up in a book and the organisation's settings; evidence has been looked up before.</summary>
internal sealed class RegisterLookup(RegisterBook book, Organization organization, IReadOnlySet<string> evidence) : IRegisterLookup
{
    private readonly HashSet<string> people = [.. organization.People.Select(p => p.Id)];

    public bool HasPerson(string id) => people.Contains(id);

    public bool HasDepartment(string id) => organization.FindDepartment(id) is not null;

    public bool HasSite(string id) => organization.Sites.Any(s => s.Id == id);

    public bool HasEntry(string register, string id) => book.Find(register, id) is { IsDeleted: false };

    public RegisterEntry? FindEntry(string register, string id) => book.Find(register, id);

    public bool HasEvidence(string id) => evidence.Contains(id);
}
