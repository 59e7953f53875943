using System.Globalization;
using Isms.Certification;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Certification;

/// <summary>Announces audits of the certification body, for people and for the plan alike.</summary>
public sealed class CertificationStarter(
    StateStore states, Sequences sequences, CertificationStore audits, OrganizationStore organizations, IWorkflowStarter workflows, TimeProvider clock)
    : IPlannedWork
{
    /// <inheritdoc/>
    string IPlannedWork.Kind => CertificationStore.Kind;

    /// <summary>Announces an audit, and starts its workflow. An audit of the track is announced once, whoever does.</summary>
    /// <exception cref="RefusedException">There is no certification, no such audit in its track, or the dates are missing.</exception>
    public async Task<Stored<CertificationAudit>> AnnounceAsync(
        DurableTaskClient client, AnnounceCertificationAudit request, CommandContext command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(command);
        var organization = await organizations.GetAsync(cancellationToken);
        if (request.Track is { } id)
        {
            var track = TrackOf(organization, command.At).Find(id)
                ?? throw new RefusedException(CertificationAuditStarting.SettingsAreThere(organization)
                    ?? Refusal.Of(RefusalKind.NotFound, "unknown-certification", "track", id, id));
            var dated = request.From is { } from ? track with { From = from, To = request.To ?? from } : track;
            return await StoreAsync(client, CertificationAuditStarting.OfTrack(dated, organization, null, command.Actor.PersonId, command.At), command.IdempotencyKey, cancellationToken);
        }

        var year = FiscalYear.Of(request.From ?? OfficeTime.Of(organization.TimeZone).DateAt(command.At), organization.FiscalYearStartMonth);
        _ = CertificationAuditStarting.Special("", request, organization, command.Actor.PersonId, command.At).Value;
        var number = await sequences.TakeAsync($"certification-{year.Id}", command.IdempotencyKey, cancellationToken);
        var special = string.Create(CultureInfo.InvariantCulture, $"certification-{year.Id}-special-{number}");
        var audit = CertificationAuditStarting.Special(special, request, organization, command.Actor.PersonId, command.At).Value;
        return await StoreAsync(client, audit, command.IdempotencyKey, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> FindOrStartAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var organization = await organizations.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var id = CertificationPlanning.AuditOf(item);
        if (TrackOf(organization, now).Find(id) is not { } track)
        {
            return (await audits.FindAsync(CertificationAuditStarting.IdOf(id), cancellationToken))?.Id;
        }

        var audit = CertificationAuditStarting.OfTrack(track, organization, item, YearPlanning.System, now);
        var stored = await StoreAsync(client, audit, null, cancellationToken);
        if (stored.Value.PlanItem != item.InstanceId && !stored.Value.HasEnded())
        {
            // The item went to the next year with its audit: what the audit still leaves belongs there.
            await states.UpdateAsync<CertificationAudit>(
                CertificationStore.Kind, stored.Id, a => a.PlanItem == item.InstanceId ? a : a with { PlanItem = item.InstanceId }, cancellationToken: cancellationToken);
        }

        return stored.Id;
    }

    /// <summary>The track as far as anybody plans.</summary>
    public static CertificationTrack TrackOf(Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        return CertificationTrack.Of(organization.Certification, WorkingDays.Of(organization), today.AddYears(3));
    }

    private async Task<Stored<CertificationAudit>> StoreAsync(DurableTaskClient client, CertificationAudit audit, string? key, CancellationToken cancellationToken)
    {
        var created = await states.TryCreateAsync(CertificationStore.Kind, audit.Id, audit, key, wakes: true, cancellationToken);
        var stored = created ?? await audits.GetAsync(audit.Id, cancellationToken);
        if (stored.Pending)
        {
            await workflows.EnsureRunningAsync(client, CertificationStore.Kind, audit.Id, cancellationToken);
        }

        return stored;
    }
}
