using System.Globalization;
using Isms.Certification;
using Isms.Registers;
using Isms.Risks;
using Isms.Rules;
using Isms.Year;

namespace Isms.Organizations;

/// <summary>What must hold of an organisation's settings before the management system can run on them.</summary>
public static class OrganizationRules
{
    /// <summary>The first rule the settings break, or null.</summary>
    public static Refusal? FirstBrokenRule(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return YearStartsInAMonth(organization)
            ?? TimeZoneIsKnown(organization)
            ?? CultureIsOffered(organization)
            ?? IdsAreUnique("departments", organization.Departments.Select(d => d.Id))
            ?? IdsAreUnique("people", organization.People.Select(p => p.Id))
            ?? OwnFieldsOfRegistersAreWellDefined(organization)
            ?? EveryDepartmentHasALead(organization)
            ?? EveryPersonWorksInADepartment(organization)
            ?? EveryPersonHasAnAddress(organization)
            ?? EveryNeededRoleIsHeld(organization)
            ?? SiteRules.FirstBrokenRule(organization)
            ?? HandoverRules.FirstBrokenRule(organization)
            ?? PlanChangeRules.FirstBrokenRule(organization.PlanChanges)
            ?? DigestsGoOutWhenItIsNotQuiet(organization)
            ?? EveryChannelIsChosenForSomebody(organization)
            ?? RiskMethodRules.FirstBrokenRule(organization.RiskMethod)
            ?? CertificationSettingsRules.FirstBrokenRule(organization);
    }

    private static Refusal? YearStartsInAMonth(Organization o) =>
        o.FiscalYearStartMonth is >= 1 and <= 12 ? null : Invalid("fiscal-year-start-month", "fiscalYearStartMonth", o.FiscalYearStartMonth.ToString(CultureInfo.InvariantCulture));

    private static Refusal? TimeZoneIsKnown(Organization o) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out _) ? null : Invalid("time-zone-unknown", "timeZone", o.TimeZone);

    private static Refusal? CultureIsOffered(Organization o) =>
        o.Culture is "ja-JP" or "en-US" ? null : Invalid("culture-not-offered", "culture", o.Culture);

    internal static Refusal? IdsAreUnique(string field, IEnumerable<string> ids) =>
        ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1 || !IsPlain(g.Key)) is { } bad
            ? Invalid("id-not-unique-or-plain", field, bad.Key)
            : null;

    private static Refusal? EveryDepartmentHasALead(Organization o) =>
        o.Departments.FirstOrDefault(d => o.FindPerson(d.LeadId) is null) is { } d ? Invalid("department-without-lead", $"departments.{d.Id}.leadId", d.LeadId) : null;

    private static Refusal? EveryPersonWorksInADepartment(Organization o) =>
        o.People.FirstOrDefault(p => o.FindDepartment(p.DepartmentId) is null && !p.Roles.Contains(Role.ExternalAuditor)) is { } p
            ? Invalid("person-without-department", $"people.{p.Id}.departmentId", p.DepartmentId)
            : null;

    private static Refusal? EveryPersonHasAnAddress(Organization o) =>
        o.People.FirstOrDefault(p => p.Mail.IndexOf('@', StringComparison.Ordinal) < 1 || p.Mail.Any(char.IsWhiteSpace)) is { } p
            ? Invalid("mail-malformed", $"people.{p.Id}.mail", p.Mail)
            : null;

    private static Refusal? EveryNeededRoleIsHeld(Organization o) =>
        FirstRoleNotHeld(o) is { } role ? Invalid("role-not-held", "people", role.ToString()) : null;

    /// <summary>The first role without which the management system cannot run that nobody holds, or null.</summary>
    internal static Role? FirstRoleNotHeld(Organization o)
    {
        Role[] needed = [Role.TopManagement, Role.IsmsManager, Role.PersonInCharge, Role.Secretariat, Role.InternalAuditor, Role.SystemAdministrator];
        return needed.Where(r => !o.InRole(r).Any()).Select(r => (Role?)r).FirstOrDefault();
    }

    private static Refusal? OwnFieldsOfRegistersAreWellDefined(Organization o)
    {
        var names = RegisterCatalogue.All.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, settings) in o.Registers)
        {
            var why = RegisterCatalogue.Find(name) is { } definition
                ? DefinitionRules.FirstBrokenRule(definition, settings.Fields, names)
                : $"There is no register '{name}'; there are {string.Join(", ", names)}.";
            if (why is not null)
            {
                return Refusal.Of(RefusalKind.InvalidInput, "register-field-malformed", $"registers.{name}", null, name, why);
            }
        }

        return null;
    }

    private static Refusal? DigestsGoOutWhenItIsNotQuiet(Organization o) =>
        o.Notifications.IsQuietAt(o.Notifications.DigestAt)
            ? Invalid("digest-in-quiet-hours", "notifications.digestAt", o.Notifications.DigestAt.ToString("HH:mm", CultureInfo.InvariantCulture))
            : null;

    private static Refusal? EveryChannelIsChosenForSomebody(Organization o) =>
        o.Notifications.Channels.FirstOrDefault(c => c.Channels.Count == 0 || (c.Person is null) == (c.Role is null) || (c.Person is { } id && o.FindPerson(id) is null)) is { } bad
            ? Invalid("channel-choice-unclear", "notifications.channels", bad.Person ?? bad.Role?.ToString() ?? "")
            : null;

    /// <summary>Ids become parts of workflow instance ids and paths, so they are lower-case letters, digits and hyphens.</summary>
    private static bool IsPlain(string id) => id.Length is > 0 and <= 40 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    internal static Refusal Invalid(string code, string field, string value) => Refusal.Of(RefusalKind.InvalidInput, code, field, value, value);
}
