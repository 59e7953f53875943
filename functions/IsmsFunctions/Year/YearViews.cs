using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Year;

/// <summary>A year as the API shows it.</summary>
public sealed record YearView(
    string Id,
    string Instance,
    YearState State,
    DateOnly Start,
    DateOnly End,
    DateTimeOffset StartedAt,
    string StartedBy,
    DateTimeOffset? ClosedAt,
    string? SummaryEvidence,
    string? PlanEvidence,
    IReadOnlyList<PlanChange> Changes,
    YearProgress Progress,
    IReadOnlyList<PlanItemLine>? Items);

/// <summary>
/// A plan item in a list; <see cref="InHand"/> are those who have to act on it now, delegates included, and <see cref="WorkId"/> is what does it: an
/// internal audit, a training campaign, as <see cref="Work"/> says.
/// </summary>
public sealed record PlanItemLine(
    string Id,
    string Instance,
    string Duty,
    LocalizedText Title,
    PlanPhase Phase,
    string? Department,
    Role Responsible,
    IReadOnlyList<string> ResponsiblePeople,
    IReadOnlyList<string> InHand,
    Role? Approver,
    DateOnly OpensOn,
    DateOnly DueOn,
    PlanItemState State,
    bool Overdue,
    CarriedFrom? CarriedFrom,
    string? Work,
    string? WorkId);

/// <summary>A required record and what satisfies it.</summary>
public sealed record RecordView(string Key, LocalizedText Title, EvidenceType Type, RecordOrigin From, IReadOnlyList<string> Evidence);

/// <summary>A plan item with everything about it.</summary>
public sealed record PlanItemView(
    PlanItemLine Item,
    IReadOnlyList<string> Clauses,
    IReadOnlyList<string> Controls,
    IReadOnlyList<RecordView> Records,
    IReadOnlyList<FiledRecord> Supporting,
    IReadOnlyList<PlanItemEntry> Log,
    IReadOnlyList<string> Possible,
    LocalizedText? Warning);

/// <summary>Makes views.</summary>
public static class YearViews
{
    /// <summary>A year, with or without its items.</summary>
    public static YearView Of(ManagementYear year, IReadOnlyCollection<PlanItem> items, Organization organization, DateOnly today, bool withItems)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(organization);
        var fiscalYear = year.ToFiscalYear();
        return new YearView(
            year.FiscalYear,
            year.InstanceId,
            year.StateOn(today),
            fiscalYear.Start,
            fiscalYear.End,
            year.StartedAt,
            year.StartedBy,
            year.ClosedAt,
            year.SummaryEvidence,
            year.PlanEvidence,
            year.Changes,
            YearProgress.Of(items, OfficeTime.Of(organization.TimeZone), today),
            withItems ? [.. items.Select(i => Line(i, organization, today))] : null);
    }

    /// <summary>A plan item in a list.</summary>
    public static PlanItemLine Line(PlanItem item, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new PlanItemLine(
            item.Id,
            item.InstanceId,
            item.Duty,
            item.Title,
            item.Phase,
            item.Department,
            item.Responsible,
            [.. item.ResponsiblePeople(organization).Select(p => p.Id)],
            [.. item.InHand(organization).Select(p => p.Id)],
            item.Approver,
            item.OpensOn,
            item.DueOn,
            item.State,
            item.IsOverdue(today),
            item.CarriedFrom,
            item.Work,
            item.WorkId);
    }

    /// <summary>A plan item with everything about it.</summary>
    public static PlanItemView Detail(
        PlanItem item, IReadOnlyList<FiledRecord> found, IReadOnlyList<FiledRecord> supporting, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new PlanItemView(
            Line(item, organization, today),
            item.Clauses,
            item.Controls,
            [.. item.Records.Select(r => new RecordView(r.Key, r.Title, r.Type, r.From, found.FirstOrDefault(f => f.Record == r.Key)?.EvidenceIds ?? []))],
            supporting,
            item.Log,
            PlanItemRules.PossibleIn(item.State),
            item.State == PlanItemState.Waived ? Texts.Get("item-waived.warning", PlanItemTexts.NameOfYear(item.FiscalYear), item.Title, PlanItemTexts.Requirements(item)) : null);
    }
}
