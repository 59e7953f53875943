using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Isms.Organizations;

namespace Isms.Training;

/// <summary>Takes an audience out of the directory.</summary>
public static class AudienceRules
{
    /// <summary>The rule for accounts that keep neither a given nor a family name: shared mailboxes, accounts of programs and devices.</summary>
    public const string NoPersonName = "account-without-a-persons-name";

    /// <summary>The rule for accounts that no mail reaches.</summary>
    public const string NoMail = "account-without-mail";

    /// <summary>The rule by which an account is nobody's; null where it is somebody's.</summary>
    public static string? ExclusionOf(DirectoryAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return !account.HasPersonName ? NoPersonName : string.IsNullOrWhiteSpace(account.Mail) ? NoMail : null;
    }

    /// <summary>Whom the audience takes in: each account once, and each person without an account once.</summary>
    /// <param name="audience">The audience.</param>
    /// <param name="directory">All accounts of members that are in use.</param>
    /// <param name="organization">The organisation, with its people and departments.</param>
    public static IReadOnlyList<Candidate> Select(Audience audience, IReadOnlyCollection<DirectoryAccount> directory, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audience);
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(organization);
        var settings = new SettingsIndex(organization);
        var accounts = directory.DistinctBy(a => a.Id).Select(settings.CandidateOf).ToList();
        return audience.Kind switch
        {
            AudienceKind.Everyone => accounts,
            AudienceKind.Newcomers => [.. accounts.Where(a => a.JoinedOn >= audience.JoinedFrom && a.JoinedOn <= audience.JoinedUntil)],
            _ => Selected(audience, accounts, organization),
        };
    }

    private static List<Candidate> Selected(Audience audience, List<Candidate> accounts, Organization organization)
    {
        var culture = CultureInfo.GetCultureInfo(organization.Culture);
        var byMail = accounts.SelectMany(a => new[] { (Key: a.Mail, a), (Key: a.PrincipalName, a) })
            .Where(a => !string.IsNullOrEmpty(a.Key)).DistinctBy(a => a.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(a => a.Key!, a => a.a, StringComparer.OrdinalIgnoreCase);
        var holders = organization.People.Where(p => p.Roles.Intersect(audience.Roles).Any()).Select(p =>
            byMail.GetValueOrDefault(p.Mail) ?? new Candidate(
                "person-" + p.Id, p.Name.In(culture), p.Mail, null, organization.FindDepartment(p.DepartmentId)?.Name.In(culture), p.DepartmentId, p.Id));
        var listed = audience.People.Select(p =>
            byMail.GetValueOrDefault(p.Mail.Trim()) ?? new Candidate(
                "mail-" + Digest(p.Mail), p.Name.Trim(), p.Mail.Trim(), null, p.Department, DepartmentOf(p.Department, organization)));
        return [.. accounts.Where(a => a.DepartmentId is { } d && audience.Departments.Contains(d)).Concat(holders).Concat(listed).DistinctBy(c => c.Id)];
    }

    private static string? DepartmentOf(string? name, Organization organization) => new SettingsIndex(organization).DepartmentIdOf(name);

    private static string Digest(string mail) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Trim().ToUpperInvariant())))[..16];

    /// <summary>Finds the settings' departments by what the directory calls them, and people by their mail.</summary>
    private sealed class SettingsIndex
    {
        private readonly Dictionary<string, string> departments = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, string> people = new(StringComparer.OrdinalIgnoreCase);

        public SettingsIndex(Organization organization)
        {
            foreach (var department in organization.Departments)
            {
                foreach (var name in new[] { department.Name.Ja, department.Name.En, department.Id })
                {
                    departments.TryAdd(Plain(name), department.Id);
                }
            }

            foreach (var person in organization.People)
            {
                people.TryAdd(person.Mail, person.Id);
            }
        }

        public string? DepartmentIdOf(string? name) => name is null ? null : departments.GetValueOrDefault(Plain(name));

        public Candidate CandidateOf(DirectoryAccount a) => new(
            a.Id, a.Name, a.Mail, a.PrincipalName, a.Department, DepartmentIdOf(a.Department),
            people.GetValueOrDefault(a.Mail ?? "") ?? people.GetValueOrDefault(a.PrincipalName ?? ""), a.JoinedOn, ExclusionOf(a));

        /// <summary>Wide letters and spaces are how people type, not another department.</summary>
        private static string Plain(string name)
        {
            try
            {
                return string.Concat(name.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
            }
            catch (ArgumentException)
            {
                return name; // Half of a surrogate pair.
            }
        }
    }
}
