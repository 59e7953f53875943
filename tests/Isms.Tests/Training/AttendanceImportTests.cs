using Isms.Registers;
using Isms.Training;
using static Isms.Tests.Training.TrainingSamples;

namespace Isms.Tests.Training;

public sealed class AttendanceImportTests
{
    private static readonly IReadOnlyList<Participant> People =
        [Person("a"), Person("b"), Person("c") with { Name = "氏名 b", Department = "開発部", DepartmentId = "it" }, Person("d") with { PrincipalName = "D@tenant.example" }];

    [Theory]
    [InlineData("a@example.co.jp,,,2026/6/3,85,", "a", null)]
    [InlineData("A@EXAMPLE.CO.JP,,,2026年6月3日,,合格", "a", null)]
    [InlineData("d@tenant.example,,,2026-06-03,,", "d", null)]
    [InlineData(",氏名 a,,2026-06-03,,", "a", null)]
    [InlineData(",氏名　b,開発部,2026-06-03,,", "c", null)]
    [InlineData(",氏名 b,,2026-06-03,,", null, "training-row-ambiguous")]
    [InlineData("x@example.co.jp,,,2026-06-03,,", null, "training-row-unknown")]
    [InlineData(",,,2026-06-03,,", null, "training-row-names-nobody")]
    [InlineData("a@example.co.jp,,,,,", "a", "training-day-missing")]
    [InlineData("a@example.co.jp,,,きのう,,", null, "value-not-date")]
    [InlineData("a@example.co.jp,,,2026-06-03,八十,", null, "value-not-number")]
    [InlineData("a@example.co.jp,,,2026-06-03,120,", null, "value-out-of-range")]
    [InlineData("a@example.co.jp,,,2026-06-11,,", "a", "training-attendance-ahead")]
    public void Rows_name_people_as_files_do_and_what_is_wrong_is_said_of_the_row(string row, string? participant, string? code)
    {
        var read = Assert.Single(AttendanceImport.Read(Table("mail,name,department,attendedOn,score,passed", row), People, Terms()));
        Assert.Equal((2, participant, code), (read.Row, read.Participant?.Id, read.Refusal?.Code));
        Assert.Equal(code is null ? ImportVerdict.Taken : ImportVerdict.Refused, read.Verdict);
    }

    [Fact]
    public void A_row_that_is_refused_does_not_hold_the_others_up_and_unknown_columns_are_left_aside()
    {
        var table = Table("mail,進捗,attendedOn", "a@example.co.jp,100%,2026-06-03", "x@example.co.jp,100%,2026-06-03", "b@example.co.jp,50%,2026-06-04");
        Assert.Equal([ImportVerdict.Taken, ImportVerdict.Refused, ImportVerdict.Taken], AttendanceImport.Read(table, People, Terms()).Select(r => r.Verdict));
    }

    [Fact]
    public void Who_may_not_mark_somebody_cannot_do_so_by_a_file_either()
    {
        var table = Table("mail,attendedOn", "a@example.co.jp,2026-06-03", "c@example.co.jp,2026-06-03");
        var rows = AttendanceImport.Read(table, People, Terms(mayMark: p => p.DepartmentId == "sales"));
        Assert.Equal([null, "training-not-your-department"], rows.Select(r => r.Refusal?.Code));
    }

    [Fact]
    public void A_file_imported_twice_is_on_record_once_and_files_may_come_in_any_order()
    {
        var random = new Random(99);
        for (var round = 0; round < 100; round++)
        {
            var files = Enumerable.Range(0, 5).Select(_ => Draw(random)).ToList();
            var once = files.Aggregate(People, Import);
            var again = files.Concat(files).Aggregate(People, Import);
            var shuffled = files.OrderBy(_ => random.Next()).Aggregate(People, Import);

            Assert.Equal(Facts(once), Facts(again));
            Assert.Equal(Facts(once), Facts(shuffled));
            Assert.All(files, f => Assert.DoesNotContain(AttendanceImport.Read(f, once, Terms(Campaign(80))), r => r.Verdict == ImportVerdict.Taken));
        }
    }

    private static TableText Draw(Random random) => Table(
        "mail,attendedOn,score",
        [.. Enumerable.Range(0, 6).Select(_ => $"{"abd"[random.Next(3)]}@example.co.jp,2026-06-0{random.Next(1, 10)},{(random.Next(3) == 0 ? "" : random.Next(60, 101))}")]);

    private static IReadOnlyList<Participant> Import(IReadOnlyList<Participant> people, TableText table)
    {
        var rows = people.ToDictionary(p => p.Id);
        foreach (var row in AttendanceImport.Read(table, people, Terms(Campaign(80))).Where(r => r.Verdict == ImportVerdict.Taken))
        {
            rows[row.Participant!.Id] = ParticipantRules.Attended(rows[row.Participant.Id], new AttendanceEntry(row.Attendance!, "nakamura", Begin));
        }

        return [.. people.Select(p => rows[p.Id])];
    }

    private static IEnumerable<(string, ParticipantStatus, Attendance?)> Facts(IEnumerable<Participant> people) =>
        people.Select(p => (p.Id, ParticipantRules.StatusOf(p, 80), ParticipantRules.Best(p, 80)));
}
