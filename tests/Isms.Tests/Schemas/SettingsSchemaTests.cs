using System.Text.Json.Nodes;
using Isms.Organizations;
using Isms.Schemas;
using Isms.Year;
using NJsonSchema;

namespace Isms.Tests.Schemas;

/// <summary>
/// The schemas of the settings are those of the types that read them. After a change of the types, <c>ISMS_WRITE_SCHEMAS=1 dotnet test tests/Isms.Tests --filter
/// SettingsSchemaTests</c> writes them anew.
/// </summary>
public sealed class SettingsSchemaTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string, Type, string> Schemas => new()
    {
        { "isms", typeof(Organization), "isms.json: the settings of an organisation" },
        { "plan-catalogue", typeof(PlanCatalogue), "A catalogue of the yearly duties of a management system" },
    };

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_schema_in_the_project_is_that_of_the_types(string name, Type type, string title)
    {
        var schema = SchemaOfTypes.Make(type, title);
        if (Environment.GetEnvironmentVariable("ISMS_WRITE_SCHEMAS") is not null)
        {
            File.WriteAllText(Path.Combine(Root, "functions", "Isms", "Schemas", name + ".schema.json"), schema);
            return;
        }

        Assert.Equal(schema, SettingsSchemas.Find(name));
    }

    [Fact]
    public void There_is_a_schema_of_each_name_and_of_no_other()
    {
        Assert.All(SettingsSchemas.Names, name => Assert.NotNull(SettingsSchemas.Find(name)));
        Assert.Null(SettingsSchemas.Find("other"));
    }

    [Fact]
    public async Task The_sample_organisation_and_the_standard_catalogue_are_as_their_schemas_demand()
    {
        Assert.Empty(await ErrorsAsync("isms", await SampleAsync()));
        Assert.Empty(await ErrorsAsync("plan-catalogue", JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root, "functions", "Isms", "Year", "plan-catalogue.data.json")))!));
    }

    [Fact]
    public async Task Mistakes_in_the_settings_are_named_by_the_schema()
    {
        foreach (var (mistake, at) in Mistakes())
        {
            var settings = (await SampleAsync()).AsObject();
            mistake(settings);
            Assert.Contains(await ErrorsAsync("isms", settings), error => error.Contains(at, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(Action<JsonObject> Make, string At)> Mistakes() =>
    [
        (s => s["fiscalYearStartMonth"] = 13, "fiscalYearStartMonth"),
        (s => s["fiscalYearStartMonth"] = "4", "fiscalYearStartMonth"),
        (s => s["culture"] = "fr-FR", "culture"),
        (s => s.Remove("name"), "name"),
        (s => s["departmets"] = new JsonArray(), "departmets"),
        (s => s["people"]![0]!["roles"]![0] = "king", "people[0].roles[0]"),
        (s => s["people"]![0]!.AsObject().Remove("mail"), "people[0].mail"),
        (s => s["holidays"] = new JsonArray("the first of May"), "holidays[0]"),
    ];

    private static async Task<JsonNode> SampleAsync() => JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root, "scripts", "sample", "isms.json")))!;

    private static async Task<IReadOnlyList<string>> ErrorsAsync(string schema, JsonNode document)
    {
        var parsed = await JsonSchema.FromJsonAsync(SettingsSchemas.Find(schema)!);
        return [.. Flat(parsed.Validate(document.ToJsonString())).Select(e => $"{e.Path} {e.Kind}")];
    }

    private static IEnumerable<NJsonSchema.Validation.ValidationError> Flat(IEnumerable<NJsonSchema.Validation.ValidationError> errors) =>
        errors.SelectMany(e => e is NJsonSchema.Validation.ChildSchemaValidationError child ? Flat(child.Errors.Values.SelectMany(v => v)).Prepend(e) : [e]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "IsmsFunctions.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
