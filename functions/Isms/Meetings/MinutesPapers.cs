using System.Globalization;
using Isms.Audits;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>The minutes of a meeting, and the list of what was decided (clause 9.3.3: documented information as evidence of the results).</summary>
public static class MinutesPapers
{
    /// <summary>The approved minutes (議事録).</summary>
    public static PrintedDocument Minutes(Meeting meeting, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        var minutes = meeting.Minutes!;
        var blocks = new List<Block> { Outline(meeting, minutes, names) };
        foreach (var (point, number) in minutes.Points.Select((p, i) => (p, i + 1)))
        {
            blocks.Add(new Heading(meeting.Kind == MeetingKind.ManagementReview ? point.Title : Texts.Get("meeting-paper.point", number, point.Title)));
            if (point.Draft.Ja.Length > 0)
            {
                blocks.Add(new Bullets([.. Split(point.Draft)]));
            }

            if (!string.IsNullOrWhiteSpace(point.Text))
            {
                blocks.Add(new Paragraph(Texts.Get("meeting-paper.said", point.Text)));
            }
        }

        blocks.Add(new Heading(T("changes")));
        blocks.Add(minutes.ChangesSincePapers.Count == 0 ? new Paragraph(T("no-changes")) : new Bullets(minutes.ChangesSincePapers));
        blocks.Add(new Heading(T("conclusion")));
        blocks.Add(new Paragraph(string.IsNullOrWhiteSpace(minutes.Conclusion) ? Texts.Get("document.none") : LocalizedText.Same(minutes.Conclusion)));
        blocks.Add(new Heading(T("decisions")));
        blocks.Add(meeting.Decisions.Count == 0 ? new Paragraph(Texts.Get("document.none")) : Decisions(meeting, names));
        return Paper(meeting, organization, "minutes", "1", blocks);
    }

    /// <summary>What was decided, with where it stands (決定事項).</summary>
    /// <param name="meeting">The meeting, whose minutes are approved.</param>
    /// <param name="organization">For names.</param>
    /// <param name="version">1 as of the approval; 2 when all is settled.</param>
    public static PrintedDocument DecisionList(Meeting meeting, Organization organization, int version)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var blocks = new List<Block> { Outline(meeting, meeting.Minutes!, names), new Heading(T("decisions")) };
        blocks.Add(meeting.Decisions.Count == 0 ? new Paragraph(T("no-decisions")) : Decisions(meeting, names));
        foreach (var decision in meeting.Decisions.Where(d => d.Log.Count > 0))
        {
            blocks.Add(new Heading(Texts.Get("meeting-paper.decision-log", decision.Id), 2));
            blocks.Add(new Table(
                [new Column(T("log.at"), 20), new Column(T("log.what"), 18), new Column(T("log.by"), 22), new Column(T("log.comment"))],
                [.. decision.Log.Select(e => AuditPapers.Row(
                    Texts.Get("document.day", office.DateAt(e.At)), T("log." + e.What), names.Person(e.By),
                    e.Due is { } due ? Texts.Get("meeting-paper.new-due", e.Comment ?? "", due) : LocalizedText.Same(e.Comment ?? "")))]));
        }

        return Paper(meeting, organization, "decisions", version.ToString(CultureInfo.InvariantCulture), blocks);
    }

    private static PrintedDocument Paper(Meeting meeting, Organization organization, string name, string version, IReadOnlyList<Block> blocks)
    {
        var names = new AuditNames(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var (submission, approval) = (meeting.Submission!, meeting.Approval!);
        return new PrintedDocument
        {
            Title = T($"{name}.{meeting.Kind}"),
            Organization = organization.Name,
            Number = $"{meeting.Id}-{name}",
            Version = version,
            Date = office.DateAt(meeting.Ended ? meeting.StageSince : approval.At),
            Approvals =
            [
                new Approval(Texts.Get("document.prepared"), names.Person(submission.By), office.DateAt(submission.At)),
                new Approval(Texts.Get("document.approved"), names.Person(approval.By), office.DateAt(approval.At)),
            ],
            Blocks = blocks,
        };
    }

    private static Facts Outline(Meeting meeting, MeetingMinutes minutes, AuditNames names) => new(
    [
        new Fact(T("meeting"), MeetingRules.NameOf(meeting)),
        new Fact(T("held"), Texts.Get("document.day", minutes.HeldOn)),
        new Fact(T("place"), minutes.Place is { } place ? LocalizedText.Same(place) : Texts.Get("meeting.no-place")),
        new Fact(T("chair"), names.Person(minutes.Chair)),
        new Fact(T("secretary"), names.Person(minutes.Secretary)),
        new Fact(T("attendees"), Texts.Join(minutes.Attendees.Select(names.Person))),
        new Fact(T("absentees"), minutes.Absentees.Count == 0 ? Texts.Get("document.none") : Texts.Join(minutes.Absentees.Select(names.Person))),
        new Fact(T("next"), minutes.Next is { } next ? Texts.Get("document.day", next) : T("not-set")),
    ]);

    private static Table Decisions(Meeting meeting, AuditNames names) => new(
        [
            new Column(T("no"), 8), new Column(T("kind"), 12), new Column(T("what")), new Column(T("owner"), 16), new Column(T("due"), 16), new Column(T("status"), 12),
            new Column(T("links"), 20),
        ],
        [.. meeting.Decisions.Select(d => AuditPapers.Row(
            LocalizedText.Same(d.Id), DecisionRules.NameOf(d.Kind), LocalizedText.Same(d.What), names.Person(d.Owner), Texts.Get("document.day", d.Due),
            DecisionRules.NameOf(d.Status), LocalizedText.Same(string.Join('\n', new[] { d.Started, d.Item }.OfType<string>().Concat(d.Evidence)))))]);

    private static IEnumerable<LocalizedText> Split(LocalizedText lines)
    {
        var (ja, en) = (lines.Ja.Split('\n'), lines.En.Split('\n'));
        return ja.Length == en.Length ? ja.Zip(en, (j, e) => new LocalizedText(j, e)) : [lines];
    }

    private static LocalizedText T(string key) => Texts.Get("meeting-paper." + key);
}
