using System.Security.Cryptography;
using System.Text;
using Isms.Incidents;
using Isms.Organizations;
using Isms.Sealing;
using Isms.Text;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Sealing;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Incidents;

/// <summary>Raises an incident for evidence that is not as it was recorded (control 5.33).</summary>
public sealed class TamperIncidents(IncidentStarter starter, OrganizationStore organizations, TimeProvider clock) : ITamperAlarm
{
    private const string System = "system";
    private const int MostListed = 20;

    /// <inheritdoc/>
    public async Task RaiseAsync(DurableTaskClient client, IReadOnlyList<TamperFault> faults, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (await organizations.FindInForceAsync(cancellationToken) is not { } organization)
        {
            return; // Without an organisation there is nobody to tell; the check's log entry is all there is.
        }

        var ordered = faults.OrderBy(f => f.Where, StringComparer.Ordinal).ThenBy(f => f.Kind).ToList();
        var culture = global::System.Globalization.CultureInfo.GetCultureInfo(organization.Culture);
        var listed = ordered.Take(MostListed).Select(f => "- " + f.WithoutNames.In(culture)).ToList();
        if (ordered.Count > MostListed)
        {
            listed.Add("- " + Texts.Get("tamper-incident.more", ordered.Count - MostListed).In(culture));
        }

        var report = new ReportIncident(
            IncidentKind.UnauthorisedAccess,
            Texts.Get("tamper-incident.title").In(culture),
            Texts.Get("tamper-incident.body", ordered.Count, string.Join('\n', listed)).In(culture),
            DepartmentsOf(organization));
        var command = new CommandContext(new Actor(System, []), $"{System}:tamper-{KeyOf(ordered)}", null, clock.GetUtcNow());
        await starter.ReportAsync(client, report, command, cancellationToken);
    }

    /// <summary>Who runs the systems is concerned first.</summary>
    private static List<string> DepartmentsOf(Organization organization)
    {
        var ofAdministrators = organization.InRole(Role.SystemAdministrator).Select(p => p.DepartmentId).Where(d => organization.FindDepartment(d) is not null);
        return [.. ofAdministrators.DefaultIfEmpty(organization.Departments[0].Id).Distinct(StringComparer.Ordinal)];
    }

    private static string KeyOf(IEnumerable<TamperFault> faults) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', faults.Select(f => $"{f.Kind} {f.Where} {f.Found}")))).AsSpan(0, 16));
}
