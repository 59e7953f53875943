using System.Globalization;
using Isms.Organizations;
using Isms.Training;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Training;

/// <summary>The people of the settings, without those of another organisation. Nobody knows when they joined.</summary>
public sealed class SettingsStaffDirectory(OrganizationStore organizations) : IStaffDirectory
{
    /// <inheritdoc/>
    public async Task<DirectoryReading> ReadAsync(string timeZone, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var culture = CultureInfo.GetCultureInfo(organization.Culture);
        return new DirectoryReading(
        [
            .. organization.People.Where(p => p.Roles.Count > 0 && !p.Roles.Contains(Role.ExternalAuditor)).Select(p => new DirectoryAccount(
                "person-" + p.Id, p.Name.In(culture), p.Mail, null, organization.FindDepartment(p.DepartmentId)?.Name.In(culture), null, HasPersonName: true)),
        ]);
    }
}
