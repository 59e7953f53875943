using System.Globalization;
using Isms.Audits;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.CorrectiveActions;

/// <summary>The nonconformity and corrective action record (不適合・是正処置記録; clause 10.2 f and g).</summary>
public static class ActionRecord
{
    /// <summary>The record of the action up to its present round, whose effectiveness has been checked.</summary>
    public static PrintedDocument Write(CorrectiveAction action, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var round = action.Round;
        var effectiveness = round.Effectiveness!;
        var blocks = new List<Block> { new Heading(T("nonconformity")), Outline(action, names, office) };
        if (action.Correction is { } correction)
        {
            blocks.Add(new Heading(T("correction")));
            blocks.Add(new Facts(
            [
                new Fact(T("done"), LocalizedText.Same(correction.Description)),
                new Fact(T("evidence"), Listed(correction.Evidence)),
                new Fact(T("reported"), By(correction.By, correction.At, names, office)),
            ]));
        }

        foreach (var past in action.Rounds)
        {
            AddRound(blocks, past, names, office);
        }

        blocks.Add(new Heading(T("log")));
        blocks.Add(Log(action, names, office));
        return new PrintedDocument
        {
            Title = T("title"),
            Organization = organization.Name,
            Number = action.Id,
            Version = round.Number.ToString(CultureInfo.InvariantCulture),
            Date = office.DateAt(effectiveness.At),
            Approvals =
            [
                new Approval(T("owner"), names.Person(action.Owner), round.Implementation is { } i ? office.DateAt(i.At) : null),
                new Approval(T("plan-approved"), round.Approval is { } a ? names.Person(a.By) : null, round.Approval is { } b ? office.DateAt(b.At) : null),
                new Approval(T("checked"), names.Person(effectiveness.By), office.DateAt(effectiveness.At)),
            ],
            Blocks = blocks,
        };
    }

    private static Facts Outline(CorrectiveAction action, AuditNames names, OfficeTime office)
    {
        var nonconformity = action.Nonconformity;
        string?[] source = [action.Source.Instance, action.Source.Finding];
        return new Facts(
        [
            new Fact(T("source"), Texts.Get("action-record.source.value", T("origin." + action.Source.Origin), string.Join(" ", source.OfType<string>()))),
            new Fact(T("department"), names.Department(nonconformity.Department)),
            new Fact(T("owner"), names.Person(action.Owner)),
            new Fact(T("requirement"), Texts.Get("action-record.requirement.value", AuditPapers.Demand(nonconformity.Clause, nonconformity.Control), nonconformity.Requirement)),
            new Fact(T("fact"), LocalizedText.Same(nonconformity.Fact)),
            new Fact(T("grade"), nonconformity.Grade is { } grade ? Texts.Get("audit.result." + grade) : Texts.Get("document.none")),
            new Fact(T("urgency"), Texts.Get("audit.urgency." + nonconformity.Urgency)),
            new Fact(T("evidence"), Listed(nonconformity.Evidence)),
            new Fact(T("raised"), By(action.RaisedBy, action.RaisedAt, names, office)),
        ]);
    }

    private static void AddRound(List<Block> blocks, ActionRound round, AuditNames names, OfficeTime office)
    {
        if (round.RootCause is { } cause)
        {
            blocks.Add(new Heading(Texts.Get("action-record.root-cause", round.Number)));
            blocks.Add(new Table(
                [new Column(T("why"), 20), new Column(T("because"))],
                [.. cause.Whys.Select((why, index) => AuditPapers.Row(
                    Texts.Get(index == cause.Whys.Count - 1 ? "action-record.why-root" : "action-record.why-number", index + 1), LocalizedText.Same(why)))]));
            blocks.Add(new Facts(
            [
                new Fact(T("elsewhere"), Texts.Join(cause.Elsewhere.Departments.Select(names.Department))),
                new Fact(T("elsewhere-result"), LocalizedText.Same(cause.Elsewhere.Result)),
                new Fact(T("similar"), T(cause.Elsewhere.SimilarFound ? "yes" : "no")),
                new Fact(T("reported"), By(cause.By, cause.At, names, office)),
            ]));
        }

        if (round.Plan is { } plan)
        {
            blocks.Add(new Heading(Texts.Get("action-record.plan", round.Number)));
            blocks.Add(new Table(
                [new Column(T("step")), new Column(T("responsible"), 20), new Column(T("due"), 22)],
                [.. plan.Steps.Select(s => AuditPapers.Row(LocalizedText.Same(s.What), names.Person(s.Responsible), Texts.Get("document.day", s.Due)))]));
            blocks.Add(new Facts(
            [
                new Fact(T("waiting"), Texts.Get("action-record.waiting.value", plan.WaitingDays)),
                new Fact(T("reported"), By(plan.By, plan.At, names, office)),
                new Fact(T("plan-approved"), round.Approval is { } approval ? By(approval.By, approval.At, names, office) : Texts.Get("document.none")),
            ]));
        }

        if (round.Implementation is { } done)
        {
            blocks.Add(new Heading(Texts.Get("action-record.implementation", round.Number)));
            blocks.Add(new Facts(
            [
                new Fact(T("done"), LocalizedText.Same(done.Note)),
                new Fact(T("evidence"), Listed(done.Evidence)),
                new Fact(T("reported"), By(done.By, done.At, names, office)),
            ]));
        }

        if (round.Effectiveness is { } effectiveness)
        {
            blocks.Add(new Heading(Texts.Get("action-record.effectiveness", round.Number)));
            blocks.Add(new Facts(
            [
                new Fact(T("result"), T(effectiveness.Effective ? "effective" : "ineffective")),
                new Fact(T("how"), LocalizedText.Same(effectiveness.Note)),
                new Fact(T("evidence"), Listed(effectiveness.Evidence)),
                new Fact(T("checked"), By(effectiveness.By, effectiveness.At, names, office)),
            ]));
        }
    }

    private static Table Log(CorrectiveAction action, AuditNames names, OfficeTime office) => new(
        [new Column(T("log.at"), 17), new Column(T("log.what"), 20), new Column(T("log.by"), 20), new Column(T("log.stage"), 18), new Column(T("log.comment"), 25)],
        [.. action.Log.Select(d => AuditPapers.Row(
            Texts.Get("document.day", office.DateAt(d.At)), T("act." + d.What),
            d.OnBehalfOf is { } owner ? Texts.Get("action-record.on-behalf", names.Person(d.By), names.Person(owner)) : Person(d.By, names),
            ActionRules.NameOf(d.Stage), LocalizedText.Same(d.Comment ?? "")))]);

    private static LocalizedText T(string key) => Texts.Get("action-record." + key);

    private static LocalizedText By(string person, DateTimeOffset at, AuditNames names, OfficeTime office) =>
        Texts.Get("action-record.by", Person(person, names), office.DateAt(at));

    /// <summary>What the workflow does by itself is done by the system, not by the annual plan.</summary>
    private static LocalizedText Person(string id, AuditNames names) => id == "system" ? T("system") : names.Person(id);

    private static LocalizedText Listed(IReadOnlyList<string> ids) => ids.Count == 0 ? Texts.Get("document.none") : LocalizedText.Same(string.Join("\n", ids));
}
