using Isms.Packs;
using Isms.Sealing;
using IsmsFunctions.Evidence;
using IsmsFunctions.Sealing;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Packs;

/// <summary>
/// Sends packs. When a member is not as it was recorded the connection breaks off, so that nobody takes what came for a pack, and the alarm is raised.
/// </summary>
public sealed partial class PackSending(
    PackBlobs plans, EvidenceBlobs blobs, IDisposedItems disposed, IEnumerable<ITamperAlarm> alarms, ILogger<PackSending> logger)
{
    /// <summary>A pack's bytes never change.</summary>
    public static string TagOf(Pack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return $"\"{pack.Id}\"";
    }

    /// <summary>Sends the bytes from <paramref name="from"/> to <paramref name="to"/> (exclusive) of a pack's zip file.</summary>
    public async Task SendAsync(Pack pack, long from, long to, Stream body, HttpContext context, DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await new PackContents(pack, plans, blobs).ToZip().WriteAsync(body, from, to, context.RequestAborted);
        }
        catch (TamperedMemberException e)
        {
            // A file that was disposed of since the pack was made is no alarm; a new pack goes without it.
            var isDisposed = await disposed.FindRecordAsync(e.Fault.Where.Split('/')[0], CancellationToken.None) is not null;
            if (isDisposed)
            {
                Outdated(logger, pack.Id);
            }
            else
            {
                Stopped(logger, pack.Id, e.Fault.Kind);
            }

            foreach (var alarm in isDisposed ? [] : alarms)
            {
                await alarm.RaiseAsync(client, [e.Fault], CancellationToken.None);
            }

            context.Abort();
        }
    }

    [LoggerMessage(EventId = 1701, EventName = "PackStopped", Level = LogLevel.Critical, Message = "The download of {Pack} was stopped: a member is not as it was recorded ({Kind})")]
    private static partial void Stopped(ILogger logger, string pack, TamperKind kind);

    [LoggerMessage(EventId = 1702, EventName = "PackOutdated", Level = LogLevel.Information, Message = "The download of {Pack} was stopped: something in it was disposed of since; a new pack goes without it")]
    private static partial void Outdated(ILogger logger, string pack);
}
