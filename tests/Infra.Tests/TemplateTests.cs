using Infra.Tests.Bicep;
using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary>The templates, by every means there is without their compiler.</summary>
public sealed class TemplateTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "infra");

    public static TheoryData<string> Templates() =>
        [.. Directory.EnumerateFiles(Folder, "*.bicep*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".bicep" or ".bicepparam").Select(f => Path.GetRelativePath(Folder, f)).Order()];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_has_no_fault(string path) => Assert.Empty(TemplateRules.Check(Template.Load(Folder, path)));

    [Fact]
    public void Every_module_is_used()
    {
        var used = Template.Load(Folder, "main.bicep").Of("module").Select(m => m.Type).ToHashSet();

        Assert.Equal(Directory.EnumerateFiles(Path.Combine(Folder, "modules")).Select(f => "modules/" + Path.GetFileName(f)).Order(), used.Order());
    }

    [Fact]
    public void No_storage_account_takes_keys()
    {
        var accounts = AllResources().Where(r => r.Type.StartsWith("Microsoft.Storage/storageAccounts@", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, a => Assert.Equal("false", ((a.Body!["properties"] as ObjectNode)!["allowSharedKeyAccess"] as LiteralNode)!.Value));
        Assert.All(accounts, a => Assert.Equal("false", ((a.Body!["properties"] as ObjectNode)!["allowBlobPublicAccess"] as LiteralNode)!.Value));
    }

    [Fact]
    public void Every_resource_that_can_carries_the_tags()
    {
        string[] without = ["roleAssignments", "locks", "diagnosticSettings", "blobServices", "containers", "immutabilityPolicies", "config", "basicPublishingCredentialsPolicies", "budgets", "privateDnsZoneGroups"];

        Assert.All(
            AllResources().Where(r => !r.Existing && !without.Contains(r.Type.Split('@')[0].Split('/')[^1])),
            r => Assert.Contains("tags", r.Body!.Names));
    }

    [Fact]
    public void Nothing_that_changes_between_two_deployments_is_part_of_a_name()
    {
        string[] changing = ["utcNow", "newGuid", "deployment"];
        var names = Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories).Select(f => Template.Load(Folder, Path.GetRelativePath(Folder, f)))
            .SelectMany(t => t.Of("resource", "module")).Select(r => r.Body?["name"]).OfType<Node>();

        Assert.DoesNotContain(names.SelectMany(Template.All).OfType<CallNode>(), c => changing.Contains(c.Function));
    }

    [Theory]
    [InlineData("unknown name", "resource a 'Microsoft.Storage/storageAccounts@2025-01-01' = {\n  name: nobody\n}")]
    [InlineData("unknown name", "var list = ['a']\noutput o array = map(list, x => y)")]
    [InlineData("unknown name", "var list = ['a']\noutput o array = [for x in list: x]\noutput p string = x")]
    [InlineData("unknown function", "output o string = toLowr('A')")]
    [InlineData("declared twice", "var a = 1\nvar a = 2\noutput o int = a")]
    [InlineData("unused", "@description('A name.')\nparam name string")]
    [InlineData("unused", "var a = 1")]
    [InlineData("unused", "resource a 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {\n  name: 'a'\n}")]
    [InlineData("not described", "param name string\noutput o string = name")]
    [InlineData("wrong role id", "@export()\nvar roles = {\n  storageBlobDataOwner: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'\n}")]
    [InlineData("wrong role id", "resource r 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  name: guid('a', 'b', 'c')\n  properties: {\n    roleDefinitionId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'\n  }\n}")]
    [InlineData("unknown API version", "resource a 'Microsoft.Storage/storageAccounts@2025-13-01' = {\n  name: 'a'\n}")]
    [InlineData("wrong parent", "resource a 'Microsoft.Storage/storageAccounts@2025-01-01' = {\n  name: 'a'\n}\nresource b 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {\n  parent: a\n  name: 'b'\n}")]
    [InlineData("not allowed", "@description('A size.')\n@allowed(['S', 'M'])\nparam size string = 'L'\noutput o string = size")]
    [InlineData("circle", "var a = b\nvar b = a\noutput o string = a")]
    [InlineData("a secret", "output o string = 'DefaultEndpointsProtocol=https;AccountKey=abc'")]
    [InlineData("unknown module", "module m 'absent.bicep' = {\n  name: 'm'\n}")]
    [InlineData("unknown parameter", "module m 'other.bicep' = {\n  name: 'm'\n  params: {\n    size: 1\n    colour: 'red'\n  }\n}")]
    [InlineData("missing parameter", "module m 'other.bicep' = {\n  name: 'm'\n}")]
    [InlineData("unknown output", "module m 'other.bicep' = {\n  name: 'm'\n  params: {\n    size: 1\n  }\n}\noutput o int = m.outputs.colour")]
    [InlineData("unknown import", "import { size } from 'other.bicep'\noutput o int = size")]
    public void Broken_template_is_found_out(string rule, string source)
    {
        const string Other = "metadata description = 'Another one.'\n@description('A size.')\nparam size int\n@description('The size.')\noutput o int = size";

        Assert.Contains(TemplateRules.Check(Template.Parse("metadata description = 'A sample.'\n" + source, ("other.bicep", Other))), f => f.Rule == rule);
    }

    [Theory]
    [InlineData("using 'main.bicep'\nparam colour = 'red'", "unknown parameter")]
    [InlineData("using 'main.bicep'", "missing parameter")]
    [InlineData("using 'main.bicep'\nparam size = 'L'", "not allowed")]
    public void Broken_parameter_file_is_found_out(string source, string rule) =>
        Assert.Contains(
            TemplateRules.Check(Template.Parse(source, ("main.bicep", "@allowed(['S'])\nparam size string"))), f => f.Rule == rule);

    [Theory]
    [InlineData("var a = 'no end")]
    [InlineData("var a = [1, 2")]
    [InlineData("resource a 'x@1' =")]
    [InlineData("parm a string")]
    [InlineData("var a = { b: 1\n b: 2 }")]
    [InlineData("var a = 'x' 'y'")]
    [InlineData("var a = '${b'")]
    public void Malformed_template_is_refused(string source) => Assert.ThrowsAny<Exception>(() => Template.Parse(source));

    [Fact]
    public void Loops_lambdas_conditions_and_texts_are_read()
    {
        const string Source =
            """
            metadata description = 'A sample.'
            @description('Sizes of things.')
            param sizes array
            var wide = toObject(filter(sizes, s => s.wide ?? false), s => 'size-${s.name}', (s, i) => i)
            var text = empty(sizes)
              ? 'none'
              : '${length(sizes)} of ${sizes[0].?name ?? 'nothing'}'
            resource accounts 'Microsoft.Storage/storageAccounts@2025-01-01' = [
              for (size, index) in sizes: if (size.wide) {
                name: 'a${index}${size.name}' // its number
              }
            ]
            @description('Everything there is.')
            output all object = { wide: wide, text: text, first: accounts[0].id }
            """;

        Assert.Empty(TemplateRules.Check(Template.Parse(Source)));
    }

    private static List<Declaration> AllResources() =>
        [.. Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories).SelectMany(f => Template.Load(Folder, Path.GetRelativePath(Folder, f)).Resources)];
}
