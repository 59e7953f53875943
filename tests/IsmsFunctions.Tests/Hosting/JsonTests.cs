using System.Text.Json;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Tests.Hosting;

public sealed class JsonTests
{
    private sealed record Decision(string What, string? Comment);

    [Fact]
    public void State_reads_back_what_it_left_out()
    {
        var text = JsonSerializer.Serialize(new Decision("計画", null), Json.Options);

        Assert.Equal("""{"what":"計画"}""", text);
        Assert.Equal(new Decision("計画", null), JsonSerializer.Deserialize<Decision>(text, Json.Options));
    }

    [Fact]
    public void Request_bodies_must_have_every_member()
        => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Decision>("""{"what":"計画"}""", Json.Strict));

    [Fact]
    public void Request_bodies_with_unknown_members_are_refused()
        => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Decision>("""{"what":"計画","comment":null,"coment":"x"}""", Json.Strict));
}
