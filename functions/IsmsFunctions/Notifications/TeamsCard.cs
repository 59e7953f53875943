using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isms.Organizations;
using Isms.Text;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Notifications;

/// <summary>A card to be posted in Teams.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Person">Whom it is for: decides which webhook it goes to.</param>
/// <param name="Payload">The body of the post.</param>
public sealed record TeamsCard(string Id, Person Person, byte[] Payload)
{
    // Teams takes messages of about 28 KB; some of it is left for what Teams wraps around the card.
    private const int PayloadLimit = 24_000;

    /// <summary>Makes a card of a message: an Adaptive Card 1.5, wrapped the way a Workflows webhook expects it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="person">Whom it is for.</param>
    /// <param name="organization">In whose language it is.</param>
    /// <param name="site">The address that the card's button opens; no button where it is not an HTTPS address.</param>
    public static TeamsCard Of(OutboxMessage message, Person person, Organization organization, string site)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(organization);
        var culture = CultureInfo.GetCultureInfo(organization.Culture);
        var lines = message.Body.In(culture).ReplaceLineEndings("\n").Split('\n');
        for (var count = lines.Length; ; count = count * 3 / 4)
        {
            var payload = Payloaded(message, person, culture, lines[..count], isShortened: count < lines.Length, site);
            if (payload.Length <= PayloadLimit || count == 0)
            {
                return new TeamsCard(message.Id, person, payload);
            }
        }
    }

    private static byte[] Payloaded(OutboxMessage message, Person person, CultureInfo culture, string[] lines, bool isShortened, string site)
    {
        var body = new JsonArray(
            Line(message.Subject.In(culture), isTitle: true, isApart: false),
            Line(Texts.Get("teams-card.to", person.Name).In(culture), isTitle: false, isApart: false));
        var isApart = true;
        foreach (var line in isShortened ? [.. lines, "", Texts.Get("teams-card.more").In(culture)] : lines)
        {
            if (line.Length == 0)
            {
                isApart = true;
                continue;
            }

            body.Add(Line(line, isTitle: false, isApart));
            isApart = false;
        }

        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["lang"] = culture.TwoLetterISOLanguageName,
            ["body"] = body,
        };
        if (site.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            card["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Action.OpenUrl",
                ["title"] = Texts.Get("teams-card.open").In(culture),
                ["url"] = site,
            });
        }

        var post = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        };
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(post, Json.Options);
    }

    /// <summary>Text runs, unlike text blocks, are not Markdown: what people write in a title or comment cannot become a link.</summary>
    private static JsonObject Line(string text, bool isTitle, bool isApart)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (isTitle)
        {
            run["size"] = "Medium";
            run["weight"] = "Bolder";
        }

        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run), ["spacing"] = isApart ? "Medium" : "None" };
    }
}
