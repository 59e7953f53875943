using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Year;

/// <summary>The printed record of a settled plan item.</summary>
public static class CompletionDocument
{
    /// <summary>The document.</summary>
    /// <param name="item">The item.</param>
    /// <param name="record">The record's key, which chooses the title.</param>
    /// <param name="supporting">Evidence shown along with the required records.</param>
    /// <param name="organization">Whose document it is; names its people.</param>
    public static PrintedDocument Of(PlanItem item, string record, IReadOnlyList<FiledRecord> supporting, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        return new PrintedDocument
        {
            Title = Texts.Get(record + ".title", item.Title),
            Organization = organization.Name,
            Number = $"{item.InstanceId}-{record}",
            Version = "1",
            Date = office.DateAt((item.Log.LastOrDefault(e => e.Actor != YearPlanning.System) ?? item.Log[^1]).At),
            Approvals = [.. Approvals(item, organization, office)],
            Blocks =
            [
                new Facts(
                [
                    new(Texts.Get("completion.item"), item.Title),
                    new(Texts.Get("completion.year"), PlanItemTexts.NameOfYear(item.FiscalYear)),
                    new(Texts.Get("completion.requirements"), PlanItemTexts.Requirements(item)),
                    new(Texts.Get("completion.window"), Texts.Get("completion.window-value", item.OpensOn, item.DueOn)),
                    new(Texts.Get("completion.state"), PlanItemTexts.NameOf(item.State == PlanItemState.Approved ? PlanItemState.Done : item.State)),
                ]),
                new Heading(Texts.Get("completion.records")),
                new Table(
                    [new(Texts.Get("completion.record"), 40), new(Texts.Get("completion.evidence"))],
                    [.. item.Records.Select(r => Row(r.Title, item.Filed.FirstOrDefault(f => f.Record == r.Key))), .. supporting.Select(f => Row(LocalizedText.Same(f.Record), f))]),
                new Heading(Texts.Get("completion.log")),
                new Table(
                    [new(Texts.Get("completion.at"), 18), new(Texts.Get("completion.actor"), 20), new(Texts.Get("completion.act"), 22), new(Texts.Get("completion.comment"))],
                    [.. item.Log.Select(e => LogRow(e, organization, office))]),
            ],
        };
    }

    private static IEnumerable<Approval> Approvals(PlanItem item, Organization organization, OfficeTime office)
    {
        if (item.State == PlanItemState.Waived)
        {
            var waiver = item.Log.Last(e => e.Act == PlanItemAct.Waived);
            yield return new Approval(PlanItemTexts.NameOf(waiver.Act), NameOf(waiver.Actor, organization), office.DateAt(waiver.At));
            yield break;
        }

        if (item.LastSubmission is { } submission)
        {
            yield return new Approval(PlanItemTexts.NameOf(submission.Act), NameOf(submission.Actor, organization), office.DateAt(submission.At));
        }

        if (item.Log.LastOrDefault(e => e.Act == PlanItemAct.Approved) is { } approval)
        {
            yield return new Approval(PlanItemTexts.NameOf(approval.Act), NameOf(approval.Actor, organization), office.DateAt(approval.At));
        }
    }

    private static LocalizedText[] Row(LocalizedText title, FiledRecord? filed) =>
        [title, LocalizedText.Same(filed is null ? "" : string.Join('\n', filed.EvidenceIds))];

    private static LocalizedText[] LogRow(PlanItemEntry entry, Organization organization, OfficeTime office)
    {
        var actor = NameOf(entry.Actor, organization);
        if (entry.OnBehalfOf is { } other)
        {
            actor = Texts.Get("completion.on-behalf", actor, RepresentedName(other, organization));
        }

        var said = entry.HandedTo is { } people ? Texts.Get("completion.handed-to", Texts.Join(people.Select(p => NameOf(p, organization)))) : LocalizedText.Same(entry.Comment ?? "");
        var comment = entry.Due is { } due ? Texts.Get("completion.due", due, said) : said;
        return [Texts.Get("completion.day", office.DateAt(entry.At)), actor, PlanItemTexts.NameOf(entry.Act), comment];
    }

    /// <summary>The secretariat can act for a role that several people hold.</summary>
    private static LocalizedText RepresentedName(string other, Organization organization) =>
        Enum.TryParse<Role>(other, out var role) ? OrganizationTexts.NameOf(role) : NameOf(other, organization);

    private static LocalizedText NameOf(string actor, Organization organization) =>
        actor == YearPlanning.System ? Texts.Get("completion.system") : organization.FindPerson(actor)?.Name ?? LocalizedText.Same(actor);
}
