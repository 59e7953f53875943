using System.Globalization;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Certification;

/// <summary>Brings the certification track into the years: an audit whose dates lie in a year is an item of its plan.</summary>
public static class CertificationPlanning
{
    /// <summary>The duty of the catalogue that the items come from.</summary>
    public const string Duty = "certification-audit";

    /// <summary>The record of what the body found.</summary>
    public const string Report = "certification-audit-report";

    /// <summary>The record of what is done about its nonconformities.</summary>
    public const string CorrectivePlan = "certification-corrective-plan";

    private const string Prefix = Duty + "-";
    private const string Carried = "-from-";

    /// <summary>The items of a year. What rests on a certificate that does not exist yet is no item.</summary>
    public static IReadOnlyList<PlanItem> ItemsOf(FiscalYear year, Organization organization, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(organization);
        var days = WorkingDays.Of(organization);
        var duty = PlanCatalogue.Standard.Find(Duty)!;
        return
        [
            .. CertificationTrack.Of(organization.Certification, days, year.End).Audits
                .Where(a => !a.IsProvisional && year.Contains(a.From))
                .Select(a => Make(duty, a, year, days, organization.Certification!, at)),
        ];
    }

    /// <summary>
    /// The item with what the settings say now: what was planned before keeps its log, and where people have moved its due date, theirs stays until the audit itself
    /// is moved. The same reference when nothing changes.
    /// </summary>
    public static PlanItem Reconciled(PlanItem item, PlanItem planned, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(planned);
        var said = item.Log.Last(e => e.Due is not null && e.Actor == YearPlanning.System).Due;
        if (said == planned.DueOn || item.State is not (PlanItemState.Scheduled or PlanItemState.Open or PlanItemState.Returned))
        {
            return item;
        }

        return item with
        {
            OpensOn = item.State == PlanItemState.Scheduled ? planned.OpensOn : item.OpensOn,
            DueOn = planned.DueOn,
            Log = [.. item.Log, new PlanItemEntry(at, YearPlanning.System, PlanItemAct.Rescheduled, Due: planned.DueOn)],
        };
    }

    /// <summary>Takes an item out of the year to which its audit no longer belongs, unless somebody has begun with it; the same reference then.</summary>
    public static PlanItem Withdrawn(PlanItem item, Organization organization, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        var why = Texts.Get("certification.item.withdrawn").In(CultureInfo.GetCultureInfo(organization.Culture));
        return item is { State: PlanItemState.Scheduled, CarriedFrom: null }
            ? item with
            {
                State = PlanItemState.Waived,
                Log = [.. item.Log, new PlanItemEntry(at, YearPlanning.System, PlanItemAct.Waived, Comment: why)],
            }
            : item;
    }

    /// <summary>Nonconformities demand a corrective action plan beside the report.</summary>
    public static PlanItem WithCorrectivePlan(PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Records.Any(r => r.Key == CorrectivePlan) || item.State is not (PlanItemState.Scheduled or PlanItemState.Open or PlanItemState.Returned)
            ? item
            : item with { Records = [.. item.Records, Record(CorrectivePlan)] };
    }

    /// <summary>The audit of the track that an item is for.</summary>
    public static string AuditOf(PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var id = item.Id[Prefix.Length..];
        return id.IndexOf(Carried, StringComparison.Ordinal) is >= 0 and var end ? id[..end] : id;
    }

    /// <summary>The item's id within its year.</summary>
    public static string ItemIdOf(string audit) => Prefix + audit;

    private static PlanItem Make(PlanDuty duty, TrackAudit audit, FiscalYear year, WorkingDays days, CertificationSettings settings, DateTimeOffset at)
    {
        var due = days.DueDate(audit.To.AddDays(settings.ResponseDays), year);

        // Years open their items on the first of a month.
        var first = audit.Milestones[0].DueOn;
        var opens = new DateOnly(first.Year, first.Month, 1);
        return new PlanItem
        {
            Id = ItemIdOf(audit.Id),
            FiscalYear = year.Id,
            Duty = duty.Id,
            Title = Texts.Get("certification.item.title", audit.Title),
            Phase = duty.Phase,
            Clauses = duty.Clauses,
            Controls = duty.Controls,
            Responsible = duty.Responsible,
            Approver = duty.Approver,
            Records = [Record(Report)],
            Work = duty.Work,
            OpensOn = opens < year.Start ? year.Start : opens,
            DueOn = due,
            Log = [new PlanItemEntry(at, YearPlanning.System, PlanItemAct.Planned, Due: due)],
        };
    }

    /// <summary>Of this item only: two audits may fall into one year.</summary>
    private static RequiredRecord Record(string key) =>
        PlanCatalogue.Standard.Find(Duty)!.Records.First(r => r.Key == key) with { From = RecordOrigin.Item, Type = EvidenceType.Certification };
}
