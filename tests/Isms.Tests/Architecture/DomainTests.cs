using System.Reflection;
using Isms.Text;

namespace Isms.Tests.Architecture;

public sealed class DomainTests
{
    [Fact]
    public void The_domain_references_nothing_but_the_framework()
    {
        var foreign = typeof(LocalizedText).Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal) && n is not ("System" or "netstandard" or "mscorlib"))
            .ToList();
        Assert.Empty(foreign);
    }

    [Fact]
    public void The_domain_has_no_clock_no_chance_and_no_files_of_its_own()
    {
        string[] forbidden =
        [
            "System.DateTime::get_UtcNow", "System.DateTime::get_Now", "System.DateTime::get_Today", "System.DateTimeOffset::get_UtcNow",
            "System.DateTimeOffset::get_Now", "System.Guid::NewGuid", "System.Random::.ctor", "System.TimeProvider::get_System",
        ];
        var used = CalledMembers(typeof(LocalizedText).Assembly).Intersect(forbidden).ToList();
        Assert.Empty(used);
        Assert.Contains(CalledMembers(typeof(DomainTests).Assembly), m => m == "System.Guid::NewGuid");
    }

    // The positive control of the test above: this assembly does call what the domain must not.
    [Fact]
    public void The_control_calls_what_is_forbidden() => Assert.NotEqual(Guid.Empty, Guid.NewGuid());

    private static HashSet<string> CalledMembers(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var file = new System.Reflection.PortableExecutable.PEReader(stream);
        var reader = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        var members = new HashSet<string>();
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind == System.Reflection.Metadata.HandleKind.TypeReference)
            {
                var type = reader.GetTypeReference((System.Reflection.Metadata.TypeReferenceHandle)member.Parent);
                members.Add($"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}::{reader.GetString(member.Name)}");
            }
        }

        return members;
    }
}
