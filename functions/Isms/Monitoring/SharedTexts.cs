namespace Isms.Monitoring;

/// <summary>Texts that come again in row after row – ids of groups and accounts, names of roles – kept once.</summary>
internal sealed class SharedTexts
{
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    /// <summary>The text, in the copy that came first.</summary>
    public string Of(string text)
    {
        if (texts.TryGetValue(text, out var known))
        {
            return known;
        }

        texts.Add(text);
        return text;
    }
}
