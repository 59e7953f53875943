using System.Globalization;
using Isms.Audits;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Training;

/// <summary>The documents of a campaign: who attended (受講者名簿), with what result (理解度確認の結果), taught with what (教材).</summary>
public static class TrainingPapers
{
    /// <summary>The record's key of the attendance.</summary>
    public const string AttendanceRecord = "training-attendance";

    /// <summary>The record's key of the results.</summary>
    public const string ResultsRecord = "training-results";

    /// <summary>The record's key of the material.</summary>
    public const string MaterialRecord = "training-material";

    /// <summary>Who had to attend and who did, with those who did not have to and why.</summary>
    public static PrintedDocument Attendance(TrainingCampaign campaign, IReadOnlyList<Participant> participants, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(participants);
        var obliged = InOrder(participants.Where(p => p.IsObliged));
        var others = InOrder(participants.Where(p => !p.IsObliged));
        List<Block> blocks = [new Heading(T("outline")), Outline(campaign, TrainingProgress.Of(participants, campaign.PassMark), organization)];
        if (obliged.Count == 0)
        {
            blocks.Add(new Paragraph(campaign.Audience.Kind == AudienceKind.Newcomers ? T("nobody-joined") : T("nobody")));
        }
        else
        {
            blocks.AddRange([new Heading(T("by-department")), ByDepartment(campaign, obliged), new Heading(T("people")), People(campaign, obliged)]);
        }

        if (others.Count > 0)
        {
            blocks.AddRange([new Heading(T("others")), Others(campaign, others, organization)]);
        }

        return Paper(campaign, organization, AttendanceRecord, blocks);
    }

    /// <summary>The results of the test.</summary>
    public static PrintedDocument Results(TrainingCampaign campaign, IReadOnlyList<Participant> participants, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(participants);
        var took = InOrder(participants.Where(p => p.IsObliged && p.Attendances.Count > 0));
        var scores = took.Select(p => ParticipantRules.Best(p, campaign.PassMark)!.Score).OfType<decimal>().ToList();
        var progress = TrainingProgress.Of(participants, campaign.PassMark);
        return Paper(campaign, organization, ResultsRecord,
        [
            new Heading(T("outline")),
            new Facts(
            [
                new Fact(T("course"), campaign.Title),
                new Fact(T("mark"), Same(campaign.PassMark ?? 0)),
                new Fact(T("took"), Same(took.Count)),
                new Fact(T("passed-count"), Same(progress.Done)),
                new Fact(T("failed-count"), Same(progress.Failed)),
                new Fact(T("average"), scores.Count == 0 ? Texts.Get("document.none") : Number(Math.Round(scores.Average(), 1))),
                new Fact(T("range"), scores.Count == 0 ? Texts.Get("document.none") : LocalizedText.Same($"{Number(scores.Min()).Ja} – {Number(scores.Max()).Ja}")),
            ]),
            new Heading(T("distribution")),
            new Table([new Column(T("score")), new Column(T("count"))], [.. Bands(scores)]),
            new Heading(T("people")),
            People(campaign, took),
        ]);
    }

    /// <summary>What was taught with.</summary>
    public static PrintedDocument Material(TrainingCampaign campaign, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var none = Texts.Get("document.none");
        return Paper(campaign, organization, MaterialRecord,
        [
            new Facts(
            [
                new Fact(T("course"), campaign.Title),
                new Fact(T("material.evidence"), campaign.Material.Evidence.Count == 0 ? none : LocalizedText.Same(string.Join('\n', campaign.Material.Evidence))),
                new Fact(T("material.link"), campaign.Material.Link is { } link ? LocalizedText.Same(link) : none),
            ]),
        ]);
    }

    internal static LocalizedText Percent(decimal? share) =>
        share is { } number ? LocalizedText.Same(number.ToString("0.#", CultureInfo.InvariantCulture) + " %") : Texts.Get("document.none");

    private static Facts Outline(TrainingCampaign campaign, TrainingProgress progress, Organization organization)
    {
        var audience = campaign.Audience is { Kind: AudienceKind.Newcomers, JoinedFrom: { } from, JoinedUntil: { } until }
            ? Texts.Get("training-paper.newcomers", from, until)
            : Texts.Get("training.audience." + campaign.Audience.Kind);
        var office = OfficeTime.Of(organization.TimeZone);
        return new Facts(
        [
            new Fact(T("course"), campaign.Title),
            new Fact(T("kind"), Texts.Get("training.kind." + campaign.Kind)),
            new Fact(T("audience"), audience),
            new Fact(T("period"), Texts.Get("audit-paper.from-to", campaign.From, campaign.Due)),
            new Fact(T("obliged"), Same(progress.Obliged)),
            new Fact(T("attended"), Same(progress.Attended)),
            new Fact(T("done"), Same(progress.Done)),
            new Fact(T("coverage"), Percent(progress.Coverage)),
            new Fact(T("roster"), campaign.Roster.ReadAt is { } at ? Texts.Get("document.day", office.DateAt(at)) : Texts.Get("document.none")),
            new Fact(T("reason"), campaign.End?.Reason is { } reason ? LocalizedText.Same(reason) : Texts.Get("document.none")),
        ]);
    }

    private static Table ByDepartment(TrainingCampaign campaign, List<Participant> obliged) => new(
        [new Column(T("department")), new Column(T("obliged"), 16), new Column(T("attended"), 16), new Column(T("done"), 16), new Column(T("coverage"), 16)],
        [.. obliged.GroupBy(p => p.Department ?? "").OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, Progress: TrainingProgress.Of(g, campaign.PassMark))).Select(g =>
            AuditPapers.Row(
                g.Key.Length == 0 ? T("no-department") : LocalizedText.Same(g.Key), Same(g.Progress.Obliged), Same(g.Progress.Attended), Same(g.Progress.Done),
                Percent(g.Progress.Coverage)))]);

    private static Table People(TrainingCampaign campaign, List<Participant> people) => new(
        [new Column(T("name"), 22), new Column(T("department"), 22), new Column(T("mail"), 26), new Column(T("on"), 14), new Column(T("score"), 6), new Column(T("status"), 10)],
        [.. people.Select(p => (Person: p, Best: ParticipantRules.Best(p, campaign.PassMark))).Select(p => AuditPapers.Row(
            LocalizedText.Same(p.Person.Name), LocalizedText.Same(p.Person.Department ?? ""), LocalizedText.Same(p.Person.Mail ?? ""),
            p.Best is { } best ? Texts.Get("document.day", best.On) : LocalizedText.Same(""), p.Best?.Score is { } score ? Number(score) : LocalizedText.Same(""),
            StatusOf(p.Person, campaign)))]);

    private static Table Others(TrainingCampaign campaign, List<Participant> people, Organization organization)
    {
        var names = new AuditNames(organization);
        return new Table(
            [new Column(T("name"), 24), new Column(T("department"), 22), new Column(T("status"), 14), new Column(T("why"))],
            [.. people.Select(p => AuditPapers.Row(
                LocalizedText.Same(p.Name), LocalizedText.Same(p.Department ?? ""), StatusOf(p, campaign),
                p.LeftOn is { } left ? Texts.Get("training-paper.left-on", left)
                : p.Exemption is { } e ? Texts.Get("training-paper.exempt-by", e.Reason, names.Person(e.By))
                : Texts.Get("training.rule." + p.Exclusion)))]);
    }

    private static IEnumerable<IReadOnlyList<LocalizedText>> Bands(List<decimal> scores)
    {
        (int From, int To)[] bands = [(90, 100), (80, 89), (70, 79), (60, 69), (0, 59)];
        return bands.Select(b => AuditPapers.Row(
            LocalizedText.Same($"{Number(b.From).Ja} – {Number(b.To).Ja}"), Same(scores.Count(s => s >= b.From && s < b.To + 1))));
    }

    private static PrintedDocument Paper(TrainingCampaign campaign, Organization organization, string kind, IReadOnlyList<Block> blocks)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var end = campaign.End!;
        var day = OfficeTime.Of(organization.TimeZone).DateAt(end.At);
        return new PrintedDocument
        {
            Title = Texts.Get($"training-paper.{kind}"),
            Organization = organization.Name,
            Number = $"{campaign.Id}-{kind["training-".Length..]}",
            Version = "1",
            Date = day,
            IsTabular = kind != MaterialRecord,
            Approvals = [new Approval(Texts.Get("document.prepared"), new AuditNames(organization).Person(end.By), day)],
            Blocks = blocks,
        };
    }

    private static List<Participant> InOrder(IEnumerable<Participant> people) =>
        [.. people.OrderBy(p => p.Department, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal)];

    private static LocalizedText StatusOf(Participant participant, TrainingCampaign campaign) =>
        Texts.Get("training.status." + ParticipantRules.StatusOf(participant, campaign.PassMark));

    private static LocalizedText T(string key) => Texts.Get("training-paper." + key);

    private static LocalizedText Same(int number) => LocalizedText.Same(number.ToString(CultureInfo.InvariantCulture));

    private static LocalizedText Number(decimal number) => LocalizedText.Same(number.ToString("0.##", CultureInfo.InvariantCulture));
}
