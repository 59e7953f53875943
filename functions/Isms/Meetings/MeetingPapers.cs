using System.Globalization;
using Isms.Audits;
using Isms.Documents;
using Isms.ManagementReviews;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>The papers of a meeting: the inputs of a management review (clause 9.3.2), or a committee's agenda.</summary>
public static class MeetingPapers
{
    /// <summary>The papers as they were given out.</summary>
    public static PrintedDocument Write(Meeting meeting, IssuedPapers issued, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(issued);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        var blocks = new List<Block> { Outline(meeting, issued, organization) };
        if (meeting.Kind == MeetingKind.ManagementReview)
        {
            blocks.AddRange(Missing(issued));
            blocks.AddRange(ReviewCoverage.Topics.SelectMany(t => Topic(t, issued, names)));
        }
        else
        {
            blocks.AddRange(Agenda(issued, names));
        }

        return new PrintedDocument
        {
            Title = T(meeting.Kind == MeetingKind.ManagementReview ? "inputs" : "agenda"),
            Organization = organization.Name,
            Number = meeting.Id + (meeting.Kind == MeetingKind.ManagementReview ? "-inputs" : "-agenda"),
            Version = issued.Version.ToString(CultureInfo.InvariantCulture),
            Date = OfficeTime.Of(organization.TimeZone).DateAt(issued.At),
            Blocks = blocks,
        };
    }

    private static Facts Outline(Meeting meeting, IssuedPapers issued, Organization organization)
    {
        var names = new AuditNames(organization);
        var appointment = meeting.Appointment!;
        return new Facts(
        [
            new Fact(T("meeting"), MeetingRules.NameOf(meeting)),
            new Fact(T("when"), MeetingTexts.When(appointment)),
            new Fact(T("place"), appointment.Place is { } place ? LocalizedText.Same(place) : Texts.Get("meeting.no-place")),
            new Fact(T("invitees"), Texts.Join(MeetingPlanning.InviteesOf(meeting, organization).Select(names.Person))),
            new Fact(T("period"), Texts.Get("meeting-paper.from-to", issued.Material.From, issued.Material.Until)),
        ]);
    }

    private static IEnumerable<Block> Missing(IssuedPapers issued)
    {
        var missing = ReviewCoverage.Missing(issued.Material.Inputs, issued.Contributions);
        yield return new Heading(T("missing"));
        yield return missing.Count == 0
            ? new Paragraph(T("nothing-missing"))
            : new Table(
                [new Column(T("topic"), 42), new Column(T("provider"), 22), new Column(T("reason"))],
                [.. missing.Select(t => AuditPapers.Row(
                    ReviewCoverage.NameOf(t), OrganizationTexts.NameOf(ReviewCoverage.ProviderOf(t)), MeetingPoints.Lines(ReviewCoverage.ReasonsFor(t, issued.Material.Inputs))))]);
    }

    private static IEnumerable<Block> Topic(ReviewTopic topic, IssuedPapers issued, AuditNames names)
    {
        yield return new Heading(ReviewCoverage.NameOf(topic));
        var inputs = issued.Material.Inputs.Where(i => i.Topic == topic).ToList();
        var added = issued.Contributions.Where(c => c.Topic == topic).ToList();
        foreach (var block in inputs.SelectMany(Input))
        {
            yield return block;
        }

        if (added.Count > 0)
        {
            yield return new Heading(T("added"), 2);
            yield return Added(added, names);
        }

        if (inputs.Count + added.Count == 0)
        {
            yield return new Paragraph(T("no-input"));
        }
    }

    private static IEnumerable<Block> Input(ReviewInput input)
    {
        yield return new Heading(input.Title, 2);
        if (input.Gap is { } gap)
        {
            yield return new Paragraph(gap);
        }

        if (input.Sentences.Count > 0)
        {
            yield return new Bullets(input.Sentences);
        }

        var facts = input.Figures.Select(f => new Fact(f.Name, f.Value)).ToList();
        if (input.Evidence.Count > 0)
        {
            facts.Add(new Fact(T("evidence"), LocalizedText.Same(string.Join('\n', input.Evidence))));
        }

        if (facts.Count > 0)
        {
            yield return new Facts(facts);
        }
    }

    private static IEnumerable<Block> Agenda(IssuedPapers issued, AuditNames names)
    {
        foreach (var (point, number) in issued.Material.Agenda.Select((p, i) => (p, i + 1)))
        {
            yield return new Heading(Texts.Get("meeting-paper.point", number, point.Title));
            if (point.Lines.Count > 0)
            {
                yield return new Bullets(point.Lines);
            }
        }

        if (issued.Contributions.Count > 0)
        {
            yield return new Heading(T("added"));
            yield return Added(issued.Contributions, names);
        }
    }

    private static Table Added(IReadOnlyList<Contribution> contributions, AuditNames names) => new(
        [new Column(T("content")), new Column(T("evidence"), 34), new Column(T("added-by"), 18)],
        [.. contributions.Select(c => AuditPapers.Row(
            c.Title is { } title ? LocalizedText.Same(c.Text.Length == 0 ? title : $"{title}\n{c.Text}") : MeetingPoints.Said(c),
            LocalizedText.Same(string.Join('\n', c.Evidence ?? [])), names.Person(c.By)))]);

    private static LocalizedText T(string key) => Texts.Get("meeting-paper." + key);
}
