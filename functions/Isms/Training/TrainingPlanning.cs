using System.Globalization;
using Isms.Organizations;
using Isms.Registers;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.Training;

/// <summary>Starts a campaign over HTTP.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Title">What it is called; the course's name, when left out.</param>
/// <param name="Audience">Who has to attend; what is usual for the kind, when left out.</param>
/// <param name="From">Its first day; today, when left out.</param>
/// <param name="Due">The day by which everybody has attended; 30 days later, when left out.</param>
/// <param name="PassMark">The score from which the test is passed; the course's, when left out.</param>
/// <param name="Material">What is taught with.</param>
/// <param name="Course">The entry of the register of courses that it carries out.</param>
/// <param name="Item">The id within the year of the plan item that it is done for.</param>
public sealed record StartTraining(
    TrainingKind Kind,
    string? Title = null,
    Audience? Audience = null,
    DateOnly? From = null,
    DateOnly? Due = null,
    int? PassMark = null,
    TrainingMaterial? Material = null,
    string? Course = null,
    string? Item = null);

/// <summary>A course of the register.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is for; null where the register says nothing that is known.</param>
/// <param name="FiscalYear">The fiscal year.</param>
/// <param name="PlannedAt">The day it is planned for.</param>
/// <param name="PassMark">The score from which its test is passed.</param>
public sealed record TrainingCourse(string Id, string Name, TrainingKind? Kind, string FiscalYear, DateOnly? PlannedAt, int? PassMark)
{
    /// <summary>The register of courses.</summary>
    public const string Register = "courses";

    /// <summary>The course that an entry describes.</summary>
    public static TrainingCourse Of(RegisterEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new TrainingCourse(
            entry.Id,
            entry["name"],
            Enum.TryParse<TrainingKind>(entry["type"], ignoreCase: true, out var kind) ? kind : null,
            entry["fiscalYear"],
            DateOnly.TryParseExact(entry["plannedAt"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var planned) ? planned : null,
            int.TryParse(entry["passMark"], NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark : null);
    }
}

/// <summary>What a campaign is going to be.</summary>
public sealed record TrainingPlan(
    string FiscalYear,
    LocalizedText Title,
    TrainingKind Kind,
    Audience Audience,
    DateOnly From,
    DateOnly Due,
    DateOnly? HeldOn,
    int? PassMark,
    TrainingMaterial Material,
    string? Course,
    string? Item);

/// <summary>Plans campaigns, for the year's plan and for people.</summary>
public static class TrainingPlanning
{
    private const int UsualDays = 30;
    private const int UsualPassMark = 80;
    private const int MostListed = 500;

    /// <summary>So many days before its plan item is due, a campaign is: the secretariat has to close it and submit its records.</summary>
    private const int DaysToSubmit = 5;

    /// <summary>Who joins after this day of the month is trained with those of the next month, who have weeks for it and not hours.</summary>
    private const int LastDayOfJoining = 20;

    private static readonly Role[] Specialists = [Role.IsmsManager, Role.PersonInCharge, Role.Secretariat, Role.DepartmentLead, Role.SystemAdministrator];

    /// <summary>What a duty of the plan is about; organisations may add duties of their own, which are for everybody.</summary>
    public static TrainingKind KindOf(string duty) => duty switch
    {
        "newcomer-training" => TrainingKind.Newcomer,
        "specialist-training" => TrainingKind.Specialist,
        "refresher-training" => TrainingKind.Refresher,
        _ => TrainingKind.AllStaff,
    };

    /// <summary>The course that a plan item carries out: of the year and kind, the one planned for the item's time before any other; null where there is none.</summary>
    public static TrainingCourse? CourseOf(PlanItem item, IEnumerable<TrainingCourse> courses)
    {
        ArgumentNullException.ThrowIfNull(item);
        return courses.Where(c => c.FiscalYear == item.FiscalYear && c.Kind == KindOf(item.Duty))
            .OrderBy(c => c.PlannedAt >= item.OpensOn && c.PlannedAt <= item.DueOn ? 0 : 1).ThenBy(c => c.PlannedAt).ThenBy(c => c.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>The campaign of a plan item.</summary>
    public static TrainingPlan Of(PlanItem item, TrainingCourse? course, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(item);
        var kind = KindOf(item.Duty);
        var from = item.OpensOn > today ? item.OpensOn : today;
        var audience = UsualAudience(kind, item.OpensOn);
        var due = Latest(item.DueOn.AddDays(-DaysToSubmit), from, audience.JoinedUntil?.AddDays(1) ?? from);
        var title = course is null || kind == TrainingKind.Newcomer ? item.Title : LocalizedText.Same(course.Name);
        int? mark = course is not null ? course.PassMark : kind == TrainingKind.AllStaff ? UsualPassMark : null;
        return new TrainingPlan(
            item.FiscalYear, title, kind, audience, from, due, course?.PlannedAt >= from ? course.PlannedAt : null, mark, TrainingMaterial.None, course?.Id, item.InstanceId);
    }

    /// <summary>The campaign that somebody asks for.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="course">The course it names; null where it names none.</param>
    /// <param name="itemInstance">The instance id of the plan item it names.</param>
    /// <param name="organization">The organisation.</param>
    /// <param name="today">The local date.</param>
    public static Outcome<TrainingPlan> Of(StartTraining request, TrainingCourse? course, string? itemInstance, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(organization);
        var from = request.From ?? today;
        var due = request.Due ?? Latest(from, today).AddDays(UsualDays);
        var mark = request.PassMark ?? course?.PassMark;
        var material = request.Material ?? TrainingMaterial.None;
        var audience = request.Audience ?? UsualAudience(request.Kind, from);
        var refusal = due < from || due < today ? Refusal.Of(RefusalKind.InvalidInput, "training-due-too-early", "due", null, due)
            : mark is < 0 or > 100 ? Refusal.Of(RefusalKind.InvalidInput, "training-score-out-of-range", "passMark")
            : request.Title is { Length: > 200 } ? Refusal.Of(RefusalKind.InvalidInput, "training-title-too-long", "title")
            : FirstProblemOf(audience, organization) ?? FirstProblemOf(material);
        if (refusal is not null)
        {
            return refusal;
        }

        var title = string.IsNullOrWhiteSpace(request.Title) ? course is null ? Texts.Get("training.kind." + request.Kind) : LocalizedText.Same(course.Name) : LocalizedText.Same(request.Title.Trim());
        return new TrainingPlan(
            FiscalYear.Of(from, organization.FiscalYearStartMonth).Id, title, request.Kind, audience, from, due, course?.PlannedAt >= from ? course.PlannedAt : null, mark, material,
            course?.Id, itemInstance);
    }

    /// <summary>What is wrong with material; null when nothing is. A link may be opened from a mail, so it must be one of the web.</summary>
    public static Refusal? FirstProblemOf(TrainingMaterial material)
    {
        ArgumentNullException.ThrowIfNull(material);
        var isLink = material.Link is null || (material.Link.Length <= 2_000 && Uri.TryCreate(material.Link, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps);
        return isLink && material.Evidence is not null ? null : Refusal.Of(RefusalKind.InvalidInput, "training-link-malformed", "material.link");
    }

    private static Audience UsualAudience(TrainingKind kind, DateOnly from)
    {
        var lastJoining = new DateOnly(from.Year, from.Month, LastDayOfJoining);
        return kind switch
        {
            TrainingKind.Newcomer =>
                new Audience { Kind = AudienceKind.Newcomers, JoinedFrom = lastJoining.AddMonths(-1).AddDays(1), JoinedUntil = lastJoining },
            TrainingKind.Specialist => new Audience { Kind = AudienceKind.Selection, Roles = Specialists },
            TrainingKind.Auditor => new Audience { Kind = AudienceKind.Selection, Roles = [Role.InternalAuditor] },
            _ => new Audience { Kind = AudienceKind.Everyone },
        };
    }

    private static Refusal? FirstProblemOf(Audience audience, Organization organization)
    {
        var known = string.Join(", ", organization.Departments.Select(d => d.Id));
        return audience.Kind switch
        {
            AudienceKind.Newcomers when audience.JoinedFrom is null || audience.JoinedUntil is null || audience.JoinedUntil < audience.JoinedFrom =>
                Refusal.Of(RefusalKind.InvalidInput, "training-window-malformed", "audience.joinedFrom"),
            AudienceKind.Selection when audience.Departments.FirstOrDefault(d => organization.FindDepartment(d) is null) is { } unknown =>
                Refusal.Of(RefusalKind.InvalidInput, "unknown-department", "audience.departments", unknown, unknown, known),
            AudienceKind.Selection when audience.People.Count > MostListed => Refusal.Of(RefusalKind.InvalidInput, "training-too-many-listed", "audience.people", null, MostListed),
            AudienceKind.Selection when audience.People.Any(p => string.IsNullOrWhiteSpace(p.Name) || !p.Mail.Contains('@', StringComparison.Ordinal)) =>
                Refusal.Of(RefusalKind.InvalidInput, "training-person-malformed", "audience.people"),
            AudienceKind.Selection when audience.Departments.Count + audience.Roles.Count + audience.People.Count == 0 =>
                Refusal.Of(RefusalKind.InvalidInput, "training-audience-empty", "audience"),
            _ => null,
        };
    }

    private static DateOnly Latest(params ReadOnlySpan<DateOnly> days)
    {
        var latest = days[0];
        foreach (var day in days)
        {
            latest = day > latest ? day : latest;
        }

        return latest;
    }
}
