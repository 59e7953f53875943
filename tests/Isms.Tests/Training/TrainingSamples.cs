using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using Isms.Training;
using Isms.Year;

namespace Isms.Tests.Training;

internal static class TrainingSamples
{
    public static readonly OfficeTime Tokyo = OfficeTime.Of("Asia/Tokyo");
    public static readonly DateTimeOffset Begin = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 6, 10);
    public static readonly DateOnly YearStart = new(2026, 4, 1);

    public static readonly Organization Firm = new()
    {
        Name = new("株式会社見本", "Sample Inc."),
        Departments = [new("sales", new("営業部", "Sales"), "suzuki"), new("it", new("情報システム部", "IT"), "ito")],
        People =
        [
            new("suzuki", new("鈴木 一郎", "Ichiro Suzuki"), "suzuki@example.co.jp", "sales", [Role.DepartmentLead]),
            new("ito", new("伊藤 大輔", "Daisuke Ito"), "ito@example.co.jp", "it", [Role.SystemAdministrator]),
            new("nakamura", new("中村 彩", "Aya Nakamura"), "nakamura@example.co.jp", "it", [Role.Secretariat]),
        ],
    };

    public static TrainingCampaign Campaign(int? passMark = null, Audience? audience = null) => TrainingRules.DirectoryWasAsked(
        TrainingRules.Begins(
            TrainingRules.IsPlanned(
                "training-FY2026-001",
                new TrainingPlan(
                    "FY2026", LocalizedText.Same("研修"), TrainingKind.AllStaff, audience ?? new Audience { Kind = AudienceKind.Everyone }, new DateOnly(2026, 6, 1),
                    new DateOnly(2026, 6, 30), null, passMark, TrainingMaterial.None, null, null),
                "nakamura", Begin),
            Begin),
        Begin, null);

    public static DirectoryAccount Account(string id, string? mail = "", string? department = "営業部", DateOnly? joined = null, bool person = true) =>
        new(id, "氏名 " + id, mail is "" ? id + "@example.co.jp" : mail, id + "@tenant.example", department, joined ?? new DateOnly(2020, 4, 1), person);

    public static Participant Person(string id, string? department = "営業部") => RosterRules.Apply(
        null, new RosterChange(id, new Candidate(id, "氏名 " + id, id + "@example.co.jp", null, department, "sales")), new DateOnly(2026, 6, 1));

    public static Participant Attended(Participant person, int day, decimal? score = null, bool? passed = null) =>
        ParticipantRules.Attended(person, new AttendanceEntry(new Attendance(new DateOnly(2026, 6, day), score, passed), "nakamura", Begin));

    public static TableText Table(string columns, params ReadOnlySpan<string> rows)
    {
        var read = new List<TableRow>();
        foreach (var row in rows)
        {
            read.Add(new TableRow(read.Count + 2, row.Split(',')));
        }

        return new TableText(columns.Split(','), read);
    }

    public static ImportTerms Terms(TrainingCampaign? campaign = null, Func<Participant, bool>? mayMark = null) =>
        new(campaign ?? Campaign(), Today, YearStart, mayMark ?? (_ => true));
}
