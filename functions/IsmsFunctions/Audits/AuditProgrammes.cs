using Isms.Audits;
using Isms.Year;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Audits;

/// <summary>Gathers what the audit programme is worked out from.</summary>
public sealed class AuditProgrammes(
    AuditStore audits, IEnumerable<IEarlierFindings> others, IAuditFocusSource focus, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The programme of the present cycle.</summary>
    public async Task<AuditProgramme> ReadAsync(CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var running = (await audits.ListAsync(null, cancellationToken)).Select(a => a.Value).Where(a => a.Stage != AuditStage.Cancelled);
        var withChecklists = new List<AuditWithChecklist>();
        foreach (var audit in running)
        {
            withChecklists.Add(new AuditWithChecklist(audit, await audits.ChecklistAsync(audit.Id, cancellationToken)));
        }

        var sources = new ProgrammeSources(withChecklists, await ExternalAsync(cancellationToken), await focus.ReadAsync(cancellationToken));
        return AuditProgrammeRules.Of(organization, sources, today);
    }

    /// <summary>What others than internal audits found.</summary>
    public async Task<IReadOnlyList<ExternalFinding>> ExternalAsync(CancellationToken cancellationToken)
    {
        var external = new List<ExternalFinding>();
        foreach (var other in others)
        {
            external.AddRange(await other.ToFollowUpAsync(cancellationToken));
        }

        return external;
    }
}
