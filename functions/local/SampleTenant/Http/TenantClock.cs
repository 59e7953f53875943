using System.Globalization;

namespace SampleTenant.Http;

/// <summary>The tenant's present: what a file says, as long as it says something, or the given clock.</summary>
internal sealed class TenantClock(TimeProvider clock, string? file)
{
    private DateTimeOffset last;
    private DateTime lastWrite;

    public DateTimeOffset Now()
    {
        if (file is null)
        {
            return clock.GetUtcNow();
        }

        try
        {
            var written = File.GetLastWriteTimeUtc(file);
            if (written != lastWrite && DateTimeOffset.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now))
            {
                (last, lastWrite) = (now.ToUniversalTime(), written);
            }
        }
        catch (IOException)
        {
            // Between two versions of the file: what it last said still stands.
        }

        return last == default ? clock.GetUtcNow() : last;
    }
}
