using Isms.Training;
using static Isms.Tests.Training.TrainingSamples;

namespace Isms.Tests.Training;

public sealed class ParticipantRulesTests
{
    [Theory]
    [InlineData(null, null, null, ParticipantStatus.Done)]
    [InlineData(80, null, null, ParticipantStatus.ResultMissing)]
    [InlineData(80, 80.0, null, ParticipantStatus.Done)]
    [InlineData(80, 79.5, null, ParticipantStatus.Failed)]
    [InlineData(80, null, true, ParticipantStatus.Done)]
    [InlineData(80, null, false, ParticipantStatus.Failed)]
    public void Attending_is_enough_without_a_test_and_the_result_decides_with_one(int? mark, double? score, bool? passed, ParticipantStatus status) =>
        Assert.Equal(status, ParticipantRules.StatusOf(Attended(Person("a"), 3, (decimal?)score, passed), mark));

    [Fact]
    public void Who_repeats_the_test_is_judged_by_the_best_result_whatever_came_first()
    {
        var better = Attended(Attended(Person("a"), 3, 60), 9, 85);
        var worse = Attended(Attended(Person("a"), 9, 85), 3, 60);
        Assert.All([better, worse], p => Assert.Equal((ParticipantStatus.Done, 85m), (ParticipantRules.StatusOf(p, 80), ParticipantRules.Best(p, 80)!.Score)));
    }

    [Fact]
    public void The_same_attendance_reported_twice_is_on_record_once()
    {
        var once = Attended(Person("a"), 3, 85);
        Assert.Same(once, Attended(once, 3, 85));
    }

    [Fact]
    public void A_mark_made_by_mistake_is_taken_off()
    {
        var marked = Attended(Person("a"), 3);
        Assert.Equal(ParticipantStatus.Missing, ParticipantRules.StatusOf(ParticipantRules.DidNotAttend(marked, new DateOnly(2026, 6, 3)), null));
        Assert.Same(marked, ParticipantRules.DidNotAttend(marked, new DateOnly(2026, 6, 4)));
    }

    [Fact]
    public void Exempting_needs_a_reason_and_somebody_else()
    {
        var person = Person("a") with { PersonId = "suzuki" };
        Assert.Equal("training-reason-missing", ParticipantRules.IsExempted(person, " ", "nakamura", Begin).Refusal!.Code);
        Assert.Equal("training-exempts-oneself", ParticipantRules.IsExempted(person, "長期休職中", "suzuki", Begin).Refusal!.Code);
        var exempt = ParticipantRules.IsExempted(person, "長期休職中", "nakamura", Begin).Value;
        Assert.Equal((ParticipantStatus.Exempt, false), (ParticipantRules.StatusOf(exempt, null), exempt.IsObliged));
        Assert.Equal(ParticipantStatus.Missing, ParticipantRules.StatusOf(ParticipantRules.IsObliged(exempt, "復職した", "nakamura", Begin).Value, null));
    }

    [Fact]
    public void An_account_that_a_rule_excludes_can_be_obliged_all_the_same()
    {
        var shared = Person("a") with { Exclusion = AudienceRules.NoPersonName };
        Assert.Equal(ParticipantStatus.Excluded, ParticipantRules.StatusOf(shared, null));
        Assert.Equal(ParticipantStatus.Missing, ParticipantRules.StatusOf(ParticipantRules.IsObliged(shared, "個人が使用している", "nakamura", Begin).Value, null));
    }

    [Theory]
    [InlineData("2026-06-11", null, null, "training-attendance-ahead")]
    [InlineData("2026-03-31", null, null, "training-attendance-of-another-year")]
    [InlineData("2026-06-03", 101.0, null, "training-score-out-of-range")]
    [InlineData("2026-06-03", 90.0, false, "training-result-contradicts")]
    [InlineData("2026-06-03", 90.0, true, null)]
    public void What_cannot_be_true_is_refused(string on, double? score, bool? passed, string? code)
    {
        var attendance = new Attendance(DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), (decimal?)score, passed);
        Assert.Equal(code, ParticipantRules.IsBelievable(attendance, Campaign(80), Today, YearStart)?.Code);
    }

    [Fact]
    public void Coverage_is_rounded_down_so_that_100_percent_means_everybody()
    {
        var people = Enumerable.Range(0, 2_000).Select(i => i == 0 ? Person("p0") : Attended(Person($"p{i}"), 3)).ToList();
        Assert.Equal((1, 99.9m), (TrainingProgress.Of(people, null).Missing, TrainingProgress.Of(people, null).Coverage));
        Assert.Equal(100m, TrainingProgress.Of(people.Skip(1), null).Coverage);
        Assert.Null(TrainingProgress.Of([], null).Coverage);
    }

    [Fact]
    public void Coverage_lies_between_0_and_100_percent_whatever_happened_to_whom()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 500; round++)
        {
            var people = Enumerable.Range(0, random.Next(0, 30)).Select(i => Draw(random, $"p{i}")).ToList();
            int? mark = random.Next(2) == 0 ? null : 80;
            var progress = TrainingProgress.Of(people, mark);
            Assert.True(progress.Coverage is null or >= 0 and <= 100);
            Assert.True(progress.Done + progress.Failed <= progress.Attended && progress.Attended <= progress.Obliged);
            Assert.Equal(people.Count, progress.Obliged + progress.Exempt + progress.Left + progress.Excluded);
            Assert.Equal(progress.Missing == 0 && progress.Obliged > 0, progress.Coverage == 100);
        }
    }

    private static Participant Draw(Random random, string id)
    {
        var person = Person(id);
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            person = Attended(person, random.Next(1, 10), random.Next(2) == 0 ? null : random.Next(0, 101), random.Next(3) switch { 0 => true, 1 => false, _ => null });
        }

        return person with
        {
            LeftOn = random.Next(8) == 0 ? Today : null,
            Exemption = random.Next(8) == 0 ? new ParticipantDecision("理由", "nakamura", Begin) : null,
            Exclusion = random.Next(8) == 0 ? AudienceRules.NoMail : null,
        };
    }
}
