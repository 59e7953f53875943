using Isms.Packs;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Sealing;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Packs;

/// <summary>
/// Sends a pack, or the part of it that is asked for. When a member is not as it was recorded the connection breaks off, so that nobody takes what came for a pack, and
/// the alarm is raised.
/// </summary>
internal sealed partial class PackResult(Pack pack, ByteRange range, PackZip zip, DurableTaskClient client, IEnumerable<ITamperAlarm> alarms, ILogger logger) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = $"attachment; filename=\"{pack.Id}.zip\"";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-cache";
        try
        {
            await zip.WriteAsync(response.Body, range.From, range.To, httpContext.RequestAborted);
        }
        catch (TamperedMemberException e)
        {
            Stopped(logger, pack.Id, e.Fault.Kind);
            foreach (var alarm in alarms)
            {
                await alarm.RaiseAsync(client, [e.Fault], CancellationToken.None);
            }

            httpContext.Abort();
        }
    }

    /// <summary>A pack's bytes never change.</summary>
    public static string TagOf(Pack pack) => $"\"{pack.Id}\"";

    [LoggerMessage(EventId = 1701, EventName = "PackStopped", Level = LogLevel.Critical, Message = "The download of {Pack} was stopped: a member is not as it was recorded ({Kind})")]
    private static partial void Stopped(ILogger logger, string pack, Isms.Sealing.TamperKind kind);
}
