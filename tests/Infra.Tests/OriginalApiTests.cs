using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using IsmsFunctions.Hosting;
using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary>The table of <c>functions/local/README.md</c> that says how each API was held to the original leaves none out that the app uses.</summary>
public sealed class OriginalApiTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "functions", "local", "README.md"));

    [Fact]
    public void Every_type_of_worker_and_durable_engine_that_the_app_refers_to_stands_in_the_table()
    {
        var used = Used().ToList();

        Assert.Contains("FunctionContext", used);
        Assert.Contains("TaskOrchestrationContext", used);
        Assert.All(used, t => Assert.Contains(t, Table(), StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_of_the_table_are_those_that_the_app_asks_for()
    {
        var pinned = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props")), "Include=\"([^\"]+)\" Version=\"([^\"]+)\"").ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

        Assert.All(
            ["Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Sdk", "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore", "Microsoft.Azure.Functions.Worker.Extensions.Timer", "Microsoft.Azure.Functions.Worker.Extensions.DurableTask", "Azure.Data.Tables"],
            p => Assert.Contains($"| `{p}` | {pinned[p]} |", Readme, StringComparison.Ordinal));
    }

    private static string Table() => Readme[Readme.IndexOf("## What the app uses of the originals", StringComparison.Ordinal)..];

    /// <summary>Types by their names; those that hold extension methods by the methods, since that is how they are written.</summary>
    private static IEnumerable<string> Used()
    {
        using var file = File.OpenRead(typeof(IsmsOptions).Assembly.Location);
        using var portable = new PEReader(file);
        var metadata = portable.GetMetadataReader();
        foreach (var handle in metadata.TypeReferences)
        {
            var type = metadata.GetTypeReference(handle);
            var space = metadata.GetString(type.Namespace);
            var name = metadata.GetString(type.Name).Split('`')[0];
            if (!Regex.IsMatch(space, @"^(Microsoft\.Azure\.Functions\.Worker|Microsoft\.DurableTask|DurableTask\.Core)"))
            {
                continue;
            }

            if (!name.EndsWith("Extensions", StringComparison.Ordinal))
            {
                yield return name;
                continue;
            }

            foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference).Where(m => m.Parent == (EntityHandle)handle))
            {
                yield return metadata.GetString(member.Name);
            }
        }
    }
}
