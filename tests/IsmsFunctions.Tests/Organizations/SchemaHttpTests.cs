using Isms.Schemas;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Organizations;

public sealed class SchemaHttpTests
{
    [Fact]
    public async Task Editors_get_the_schemas_of_the_settings_without_signing_in()
    {
        await using var app = await RunningApp.StartAsync();

        foreach (var name in SettingsSchemas.Names)
        {
            Assert.Equal(SettingsSchemas.Find(name), (await app.GetAsync(null, $"schemas/{name}.schema.json")).Expect(200).Text);
        }
    }

    [Theory]
    [InlineData("schemas/isms")]
    [InlineData("schemas/other.schema.json")]
    [InlineData("schemas/..%2Fisms.schema.json")]
    public async Task A_schema_that_there_is_not_is_refused_with_the_names_of_those_there_are(string path)
    {
        await using var app = await RunningApp.StartAsync();

        var answer = await app.GetAsync(null, path);

        Assert.Equal(404, answer.Status);
        Assert.Contains("isms.schema.json", answer.Text, StringComparison.Ordinal);
    }
}
