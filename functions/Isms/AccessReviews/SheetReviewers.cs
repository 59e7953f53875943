using System.Globalization;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.AccessReviews;

/// <summary>Whose a sheet is on a day: looked up by role each time, so that a sheet moves along with the role.</summary>
public static class SheetReviewers
{
    /// <summary>The person ids of those who answer a sheet.</summary>
    public static IReadOnlyList<string> Of(ReviewSheet sheet, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(organization);
        IEnumerable<string> InRole(Role role) => organization.InRole(role).Select(p => p.Id);
        if (sheet.Person is { } person && organization.FindPerson(person) is not null)
        {
            return [person];
        }

        return sheet.Kind switch
        {
            SheetKind.Department when organization.FindDepartment(sheet.Department!) is { } department => [department.LeadId],
            SheetKind.People => [.. InRole(Role.Secretariat)],
            SheetKind.Reviewers => [.. InRole(Role.IsmsManager)],
            SheetKind.Managers => [.. InRole(Role.TopManagement)],
            SheetKind.Department => [.. InRole(Role.Secretariat)], // The department was dissolved meanwhile.
            _ => [.. InRole(Role.SystemAdministrator)],
        };
    }

    /// <summary>The role in which a sheet is answered; delegations may name it.</summary>
    public static Role RoleOf(SheetKind kind) => kind switch
    {
        SheetKind.Department => Role.DepartmentLead,
        SheetKind.Applications => Role.PersonInCharge,
        SheetKind.People => Role.Secretariat,
        SheetKind.Technical => Role.SystemAdministrator,
        SheetKind.Reviewers => Role.IsmsManager,
        _ => Role.TopManagement,
    };

    /// <summary>The reviewer in whose place a person would act; null where the person is the reviewer, or is not permitted to act at all.</summary>
    public static string? InPlaceOf(ReviewSheet sheet, string person, Organization organization)
    {
        var reviewers = Of(sheet, organization);
        return reviewers.Contains(person)
            ? null
            : reviewers.FirstOrDefault(r => organization.DelegatesOf(r, RoleOf(sheet.Kind)).Any(d => d.Id == person));
    }

    /// <summary>Whether a person answers the sheet, by themselves or as a delegate.</summary>
    public static bool MayAnswer(ReviewSheet sheet, string person, Organization organization) =>
        Of(sheet, organization).Contains(person) || InPlaceOf(sheet, person, organization) is not null;

    /// <summary>Refuses somebody who neither answers the sheet nor stands in for who does.</summary>
    public static Refusal? AnswersTheSheet(ReviewSheet sheet, Acting by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(sheet);
        return MayAnswer(sheet, by.PersonId, organization)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "access-review-not-your-sheet", "sheet", sheet.Id, NameOf(sheet, organization), NamesOf(sheet, organization));
    }

    /// <summary>
    /// Nobody reviews their own rights. Rights of whoever answers a sheet are on the sheet of those above; where a role has passed to somebody whose rights the sheet lists,
    /// the ISMS manager or top management answers these rows.
    /// </summary>
    public static Refusal? NobodyReviewsTheirOwnRights(
        ReviewSheet sheet, IEnumerable<Assignment> rows, Acting by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(by);
        var reviewers = Of(sheet, organization);
        var isAbove = by.Is(Role.IsmsManager) || by.Is(Role.TopManagement);
        var mayAnswer = MayAnswer(sheet, by.PersonId, organization);
        foreach (var row in rows)
        {
            if (IsOwn(row, by.PersonId))
            {
                return Refusal.Of(RefusalKind.RuleBroken, "access-review-own-rights", "rows", Number(row), row.Number);
            }

            if (!mayAnswer && !(isAbove && row.Person is { } holder && reviewers.Contains(holder)))
            {
                return AnswersTheSheet(sheet, by, organization);
            }
        }

        return null;
    }

    /// <summary>Whether a row lists a right of this person.</summary>
    public static bool IsOwn(Assignment row, string person)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Person == person || row.Right.HolderId == person;
    }

    /// <summary>What people call a sheet.</summary>
    public static LocalizedText NameOf(ReviewSheet sheet, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(organization);
        return sheet.Kind switch
        {
            SheetKind.Department => organization.FindDepartment(sheet.Department!)?.Name ?? LocalizedText.Same(sheet.Department!),
            SheetKind.Applications => Texts.Get("access-review.sheet.Applications", organization.FindPerson(sheet.Id["owner-".Length..])?.Name ?? LocalizedText.Same(sheet.Id)),
            var kind => Texts.Get("access-review.sheet." + kind),
        };
    }

    /// <summary>The names of who answers a sheet.</summary>
    public static LocalizedText NamesOf(ReviewSheet sheet, Organization organization) =>
        Texts.Join(Of(sheet, organization).Select(r => organization.FindPerson(r)?.Name ?? LocalizedText.Same(r)));

    private static string Number(Assignment row) => row.Number.ToString(CultureInfo.InvariantCulture);
}
