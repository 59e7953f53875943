using System.Globalization;

namespace Rehearsal;

/// <summary>The app's virtual clock as the rest of the rehearsal sees it: the file in which the app keeps its present instant.</summary>
internal sealed class FileClock(string path, DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset last = start;

    public override DateTimeOffset GetUtcNow()
    {
        try
        {
            var text = File.ReadAllText(path);
            last = DateTimeOffset.Parse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUniversalTime();
        }
        catch (FileNotFoundException)
        {
            // Not written before the first jump: the clock still stands at the start.
        }

        return last;
    }
}
