using System.Globalization;
using Isms.AccessReviews;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Hosting.Identity;

namespace IsmsFunctions.AccessReviews;

/// <summary>
/// What a person may do with a review, on top of <see cref="AccessTable"/>: reviewers see and answer their sheets, those who run the management system see all of
/// them. Roles are those of the settings, so that a delegate acts without the app role of who is represented.
/// </summary>
internal static class AccessReviewAccess
{
    private static readonly string[] SeesAll = [AppRoles.TopManagement, AppRoles.Manager, AppRoles.Secretariat, AppRoles.Auditor, AppRoles.Admin];

    private static readonly Dictionary<string, Role[]> Parts = new()
    {
        [AccessReviewRules.Reassign] = [Role.IsmsManager, Role.Secretariat],
        [AccessReviewRules.Return] = [Role.IsmsManager, Role.TopManagement],
        [AccessReviewRules.Close] = [Role.IsmsManager, Role.TopManagement],
        [AccessReviewRules.Cancel] = [Role.IsmsManager, Role.Secretariat, Role.TopManagement],
        [AccessReviewRules.Report] = [Role.SystemAdministrator, Role.Secretariat],
        [AccessReviewRules.Withdraw] = [Role.IsmsManager, Role.TopManagement],
    };

    /// <summary>The number in a path; 0, which no row and no task has, where it is none.</summary>
    public static int NumberOf(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;

    /// <summary>Whether the person sees a sheet.</summary>
    public static bool MaySee(ReviewSheet sheet, Actor actor, Organization organization) =>
        actor.HasAny(SeesAll) || SheetReviewers.MayAnswer(sheet, actor.PersonId, organization);

    /// <summary>Refuses who does not see a sheet.</summary>
    public static void MustSee(ReviewSheet sheet, Actor actor, Organization organization)
    {
        if (!MaySee(sheet, actor, organization))
        {
            throw new RefusedException(SheetReviewers.AnswersTheSheet(sheet, new Acting(actor.PersonId, []), organization)!);
        }
    }

    /// <summary>Refuses a command that is for people in other roles; null where it is the person's part.</summary>
    public static Refusal? IsTheirPart(string command, Acting by) => Parts[command].Any(by.Is)
        ? null
        : Refusal.Of(
            RefusalKind.NotAllowed, "access-review-not-your-part", null, by.PersonId, Texts.Get("access-review.command." + command),
            Texts.Join(Parts[command].Select(OrganizationTexts.NameOf)));
}
