using System.Globalization;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The year's incidents: a near miss, a misdelivery of personal data with everything that the law demands of it, and the plan's emergency drill. They play by the
/// calendar and ask for nothing in between.
/// </summary>
internal sealed class IncidentActors(IsmsApi api, Cast cast, RehearsalCalendar calendar, string fiscalYear)
{
    private const string Drill = "emergency-drill";
    private const int DrillBeforeDue = 25;

    private static readonly object Contents = new
    {
        outline = "健康診断の案内を、別の取引先の担当者に誤って送信した。",
        dataItems = "氏名、健康診断の受診項目",
        persons = 12,
        cause = "宛先の候補から似た名称の取引先を選択した。",
        secondaryDamage = "確認されていない。",
        responseToPersons = "全員に書面で経緯とお詫びを通知した。",
        publication = "対象者全員に通知したため、公表はしていない。",
        prevention = "添付ファイルのある社外宛てメールは、送信前に宛先を二人で確認する。",
        other = "なし",
    };

    private readonly List<Incident> incidents =
    [
        new("near-miss", calendar.YearStart.AddMonths(7).AddDays(9), cast.Of(cast.Organization.Departments[1].LeadId), NearMiss(cast.DepartmentIds[1]), CourseOfNearMiss),
        new("misdelivery", calendar.YearStart.AddMonths(9).AddDays(11), Reporter(cast), Misdelivery(cast.DepartmentIds), CourseOfMisdelivery(cast)),
    ];

    private static object NearMiss(string department) => new
    {
        kind = "misdelivery",
        nature = "nearMiss",
        title = "社外宛てメールの送信前に宛先違いに気付いた",
        description = "添付ファイルを付けて送信する直前に、同姓の社外の方が宛先に入っていることに気付き、送信しなかった。",
        departments = new[] { department },
        anonymous = true,
    };

    private static object Misdelivery(IReadOnlyList<string> departments) => new
    {
        kind = "misdelivery",
        title = "健康診断の案内メールの誤送信",
        description = "健康診断の案内を、別の取引先の担当者に誤って送信した。先方からの連絡で判明した。",
        departments = new[] { departments[0], departments[2] },
        information = new[] { new { what = "健康診断の受診者一覧", confidentiality = 4 } },
        personalData = new { persons = 12, items = "氏名、健康診断の受診項目", sensitive = true },
    };

    private static Step[] CourseOfNearMiss =>
    [
        new(1, "triage", new { extent = "individual" }),
        new(6, "lessons", new { lessons = new[] { new { what = "宛先の自動補完は社外の同姓の方を先に示すことがある。朝礼で共有した。" } } }),
        new(6, "close", null),
    ];

    private static Step[] CourseOfMisdelivery(Cast cast) =>
    [
        new(0, "triage", new { extent = "outside", handler = cast.Organization.Departments[0].LeadId, comment = "要配慮個人情報を含むため、委員会報告の対象とする。" }),
        new(0, "contained", new { description = "先方に削除を依頼し、削除した旨の書面を受け取った。" }, Reporter(cast)),
        new(1, "breach-report", new { kind = "preliminary", recipient = "個人情報保護委員会", contents = new { outline = "健康診断の案内を、別の取引先の担当者に誤って送信した。", persons = 12 } }),
        new(5, "investigated", new { category = "humanError", cause = "宛先の候補から似た名称の取引先を選択した。", scope = "送信済みメールを確認し、該当は1通のみであった。" }, Reporter(cast)),
        new(6, "breach-report", new { kind = "persons", recipient = "書面の郵送", contents = Contents }),
        new(7, "complete-reporting", new { comment = "確報は調査の完了後に行う。" }),
        new(8, "recovered", new { description = "正しい宛先に送り直し、関係者に経緯を説明した。" }, Reporter(cast)),
        new(9, "lessons", new
        {
            lessons = new object[]
            {
                new
                {
                    what = "添付ファイルのある社外宛てメールを一人で送信していた。", measure = "correctiveAction", requirement = "添付ファイルのある社外宛てメールは、送信前に宛先を二人で確認する。", control = "A.5.14",
                },
                new { what = "誤送信に気付いたときの報告先が知られていなかった。", measure = "training", requirement = "誤送信時の初動と報告" },
            },
        }),
        new(20, "breach-report", new { kind = "final", recipient = "個人情報保護委員会", contents = Contents }),
        new(21, "close", new { comment = "確報まで完了した。" }),
    ];

    private static Step[] CourseOfDrill(Cast cast) => [.. CourseOfMisdelivery(cast).Where(s => s.Command != "lessons").Select(s => s with { Day = 0 }).SelectMany(s => s.Command == "close"
        ? new[] { new Step(0, "lessons", new { lessons = new[] { new { what = "夜間の連絡先に古い番号が残っていた。", measure = "training", requirement = "緊急連絡網の確認" } } }), s }
        : [s])];

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        if (incidents.All(i => i.Name != Drill) && items.Any(i => IsTimeForTheDrill(i, today)))
        {
            incidents.Add(new Incident(Drill, today, Cast.Secretariat, DrillOf(fiscalYear, cast.DepartmentIds), CourseOfDrill(cast)));
        }

        foreach (var incident in incidents.Where(i => i.Start >= calendar.FirstDay && today >= i.Start))
        {
            await ActAsync(incident, today, cancellationToken);
        }
    }

    private async Task ActAsync(Incident incident, DateOnly today, CancellationToken cancellationToken)
    {
        if (incident.Id is null)
        {
            incident.Id = (string)(await api.PostAsync(incident.Reporter, "incidents", incident.Report, incident.Name, cancellationToken))["id"]!;
        }

        for (; incident.Next < incident.Course.Length && today >= incident.Start.AddDays(incident.Course[incident.Next].Day); incident.Next++)
        {
            var step = incident.Course[incident.Next];
            var occasion = string.Create(CultureInfo.InvariantCulture, $"{incident.Name}-{incident.Next}");
            await api.PostAsync(step.Persona, $"incidents/{incident.Id}/{step.Command}", step.Body, occasion, cancellationToken);
        }
    }

    private static bool IsTimeForTheDrill(JsonNode item, DateOnly today) =>
        (string)item["id"]! == Drill && (string)item["state"]! == "open"
        && today >= DateOnly.Parse((string)item["dueOn"]!, CultureInfo.InvariantCulture).AddDays(-DrillBeforeDue);

    private static object DrillOf(string fiscalYear, IReadOnlyList<string> departments) => new
    {
        kind = "misdelivery",
        nature = "drill",
        title = "個人情報の誤送信を想定した初動訓練",
        description = "要配慮個人情報を含むメールを社外に誤送信したとの想定で、連絡、封じ込め、委員会報告の手順を確認した。",
        departments = new[] { departments[^1], departments[2 % (departments.Count - 1)] },
        personalData = new { persons = 12, items = "氏名、健康診断の受診項目", sensitive = true },
        planItem = $"item-{fiscalYear}-{Drill}",
    };

    private static string Reporter(Cast cast) => cast.Of(cast.Organization.Departments[0].LeadId);

    /// <summary>What somebody does, so many days after the report.</summary>
    private sealed record Step(int Day, string Command, object? Body, string Persona = Cast.Secretariat);

    private sealed class Incident(string name, DateOnly start, string reporter, object report, Step[] course)
    {
        public string Name => name;

        public DateOnly Start => start;

        public string Reporter => reporter;

        public object Report => report;

        public Step[] Course => course;

        public string? Id { get; set; }

        public int Next { get; set; }
    }
}
