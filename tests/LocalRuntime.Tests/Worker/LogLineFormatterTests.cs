using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Tests.Worker;

public sealed class LogLineFormatterTests
{
    [Fact]
    public void An_entry_is_one_line_with_the_app_s_time_and_the_end_of_its_category()
    {
        var clock = new VirtualTimeProvider(new DateTimeOffset(2026, 4, 1, 9, 30, 0, TimeSpan.FromHours(9)), new WorkTracker());
        var entry = new LogEntry<string>(
            LogLevel.Warning, "IsmsFunctions.Audits.AuditHttp", default, "first\nsecond", new FormatException("why"), (state, _) => state);
        using var writer = new StringWriter();

        new LogLineFormatter(clock).Write(entry, null, writer);

        Assert.Equal($"2026-04-01T00:30:00.000Z warn AuditHttp: first second | System.FormatException: why{Environment.NewLine}", writer.ToString());
    }
}
