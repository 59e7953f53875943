using Isms.Organizations;
using Isms.Text;
using Isms.Training;
using Isms.Year;
using static Isms.Tests.Training.TrainingSamples;

namespace Isms.Tests.Training;

public sealed class TrainingPlanningTests
{
    [Theory]
    [InlineData("staff-training", TrainingKind.AllStaff, AudienceKind.Everyone, 80)]
    [InlineData("newcomer-training", TrainingKind.Newcomer, AudienceKind.Newcomers, null)]
    [InlineData("specialist-training", TrainingKind.Specialist, AudienceKind.Selection, null)]
    [InlineData("refresher-training", TrainingKind.Refresher, AudienceKind.Everyone, null)]
    public void Each_duty_has_its_usual_audience_and_test(string duty, TrainingKind kind, AudienceKind audience, int? mark)
    {
        var plan = TrainingPlanning.Of(Item(duty), null, new DateOnly(2026, 6, 1));
        Assert.Equal((kind, audience, mark), (plan.Kind, plan.Audience.Kind, plan.PassMark));
        Assert.Equal(("item-FY2026-" + duty, new DateOnly(2026, 6, 25)), (plan.Item, plan.Due));
    }

    [Fact]
    public void The_windows_of_newcomers_follow_each_other_without_gap_or_overlap()
    {
        var windows = Enumerable.Range(0, 12).Select(m => new DateOnly(2026, 4, 1).AddMonths(m))
            .Select(opens => TrainingPlanning.Of(Item("newcomer-training") with { OpensOn = opens, DueOn = opens.AddMonths(1).AddDays(-1) }, null, opens).Audience).ToList();
        Assert.Equal((new DateOnly(2026, 3, 21), new DateOnly(2026, 4, 20)), (windows[0].JoinedFrom, windows[0].JoinedUntil));
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.JoinedUntil!.Value.AddDays(1), pair.Second.JoinedFrom));
    }

    [Fact]
    public void The_registers_course_of_the_year_and_kind_planned_for_the_items_time_is_carried_out()
    {
        TrainingCourse Course(string id, TrainingKind kind, string year, DateOnly planned) => new(id, "基礎研修 " + id, kind, year, planned, 70);
        var item = Item("staff-training");
        TrainingCourse[] courses =
        [
            Course("E-0001", TrainingKind.AllStaff, "FY2026", new(2026, 12, 1)), Course("E-0002", TrainingKind.AllStaff, "FY2026", new(2026, 6, 15)),
            Course("E-0003", TrainingKind.AllStaff, "FY2025", new(2026, 6, 1)), Course("E-0004", TrainingKind.Newcomer, "FY2026", new(2026, 6, 2)),
        ];
        var course = TrainingPlanning.CourseOf(item, courses);
        Assert.Equal("E-0002", course!.Id);
        var plan = TrainingPlanning.Of(item, course, new DateOnly(2026, 6, 1));
        Assert.Equal(("基礎研修 E-0002", 70, new DateOnly(2026, 6, 15), "E-0002"), (plan.Title.Ja, plan.PassMark, plan.HeldOn, plan.Course));
        Assert.Null(TrainingPlanning.CourseOf(Item("specialist-training"), courses));
    }

    [Theory]
    [InlineData("due", "training-due-too-early")]
    [InlineData("mark", "training-score-out-of-range")]
    [InlineData("department", "unknown-department")]
    [InlineData("empty", "training-audience-empty")]
    [InlineData("window", "training-window-malformed")]
    [InlineData("mail", "training-person-malformed")]
    [InlineData("link", "training-link-malformed")]
    public void What_cannot_be_started_is_refused(string flaw, string code)
    {
        var selection = new Audience { Kind = AudienceKind.Selection };
        var request = new StartTraining(TrainingKind.Drill);
        request = flaw switch
        {
            "due" => request with { Due = Today.AddDays(-1) },
            "mark" => request with { PassMark = 101 },
            "department" => request with { Audience = selection with { Departments = ["moon"] } },
            "empty" => request with { Audience = selection },
            "window" => request with { Audience = new Audience { Kind = AudienceKind.Newcomers, JoinedFrom = Today } },
            "mail" => request with { Audience = selection with { People = [new ListedPerson("誰か", "nowhere")] } },
            _ => request with { Material = new TrainingMaterial([], "javascript:alert(1)") },
        };
        Assert.Equal(code, TrainingPlanning.Of(request, null, null, Firm, Today).Refusal!.Code);
    }

    [Fact]
    public void What_is_left_out_is_what_is_usual()
    {
        var plan = TrainingPlanning.Of(new StartTraining(TrainingKind.Auditor), null, null, Firm, Today).Value;
        Assert.Equal((Today, Today.AddDays(30), "内部監査員教育"), (plan.From, plan.Due, plan.Title.Ja));
        Assert.Equal([Role.InternalAuditor], plan.Audience.Roles);
    }

    private static PlanItem Item(string duty) => new()
    {
        Id = duty, FiscalYear = "FY2026", Duty = duty, Title = LocalizedText.Same("教育"), Phase = PlanPhase.Do, Clauses = ["7.2"], Controls = [],
        Responsible = Role.Secretariat, Records = [], OpensOn = new(2026, 6, 1), DueOn = new(2026, 6, 30),
    };
}
