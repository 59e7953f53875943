using Isms.Organizations;
using Isms.Text;

namespace Isms.Year;

/// <summary>How plan items are spoken of.</summary>
public static class PlanItemTexts
{
    /// <summary>A fiscal year's name: 2026年度, FY2026.</summary>
    public static LocalizedText NameOfYear(string fiscalYear)
    {
        ArgumentNullException.ThrowIfNull(fiscalYear);
        return new LocalizedText(fiscalYear.Replace("FY", "", StringComparison.Ordinal) + "年度", fiscalYear);
    }

    /// <summary>A state's name.</summary>
    public static LocalizedText NameOf(PlanItemState state) => Texts.Get("item-state." + state);

    /// <summary>A phase's name.</summary>
    public static LocalizedText NameOf(PlanPhase phase) => Texts.Get("plan-phase." + phase);

    /// <summary>An act's name, as it stands in logs.</summary>
    public static LocalizedText NameOf(PlanItemAct act) => Texts.Get("item-act." + act);

    /// <summary>A notice's subject line.</summary>
    public static LocalizedText Subject(PlanItemNotice notice, PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(item);
        return Texts.Get($"item-notice.{notice.Kind}.subject", item.Title, item.DueOn, notice.Days);
    }

    /// <summary>A notice's text, from salutation to signature.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="item">The item it is about.</param>
    /// <param name="organization">Names people and signs.</param>
    /// <param name="recipient">Whom it addresses.</param>
    /// <param name="link">Where the reader can go on.</param>
    public static LocalizedText Body(PlanItemNotice notice, PlanItem item, Organization organization, Person recipient, string link)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(recipient);
        var comment = item.Log.LastOrDefault(e => e.Act == PlanItemAct.Returned)?.Comment ?? "";
        var records = Texts.Join(item.Records.Select(r => r.Title));
        var responsible = Texts.Join(item.ResponsiblePeople(organization).Select(p => p.Name));
        var message = Texts.Get($"item-notice.{notice.Kind}.body", item.Title, item.DueOn, notice.Days, records, comment, responsible);
        var facts = Texts.Get("item-notice.facts", item.Title, NameOfYear(item.FiscalYear), Requirements(item), item.DueOn, responsible, records, item.InstanceId, link);
        return Texts.Get("item-notice.letter", recipient.Name, message, facts, organization.Name);
    }

    /// <summary>What a notice says in a digest, below its subject line.</summary>
    public static LocalizedText InDigest(PlanItem item, string link)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Texts.Get("item-notice.short", item.DueOn, Texts.Join(item.Records.Select(r => r.Title)), item.InstanceId, link);
    }

    /// <summary>Clauses and controls as an auditor cites them.</summary>
    public static LocalizedText Requirements(PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Requirements(item.Clauses, item.Controls);
    }

    /// <summary>Clauses and controls as an auditor cites them.</summary>
    public static LocalizedText Requirements(IReadOnlyList<string> clauses, IReadOnlyList<string> controls)
    {
        var annex = controls.Select(c => "A." + c).ToList();
        return new LocalizedText(
            string.Join("、", clauses.Select(c => "箇条" + c).Concat(annex)), string.Join(", ", clauses.Select(c => "clause " + c).Concat(annex)));
    }
}
