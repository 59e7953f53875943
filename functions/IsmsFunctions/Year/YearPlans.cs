using System.Globalization;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Year;

/// <summary>Shows the plans of years and puts them on record: the plan that was made, and the draft of the next one for its approval.</summary>
public sealed class YearPlans(StateStore states, YearStore years, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The record's key of the plan that a year was started with.</summary>
    public const string Record = "annual-plan";

    /// <summary>The record's key of the draft that is submitted for approval in the year before.</summary>
    public const string Draft = "next-year-plan";

    /// <summary>A year's plan: as it was made, or as it would be made from the present settings.</summary>
    public async Task<(YearPlan Plan, bool IsMade)> FindAsync(FiscalYear year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        var organization = await organizations.GetAsync(cancellationToken);
        var stored = await states.FindAsync<ManagementYear>(YearStore.Year, ManagementYear.InstanceIdOf(year.Id), cancellationToken);
        var made = stored is { Value.PlannedAt: not null } ? stored.Value : null;
        return (YearPlan.Of(made?.ToFiscalYear() ?? year, organization, made?.Changes ?? organization.PlanChanges, clock.GetUtcNow()), made is not null);
    }

    /// <summary>Records the plan that a year was started with, unless that was done before.</summary>
    public async Task RecordOnceAsync(string instance, CancellationToken cancellationToken)
    {
        var year = (await years.GetAsync(instance, cancellationToken)).Value;
        if (year.PlanEvidence is not null)
        {
            return;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var plan = YearPlan.Of(year.ToFiscalYear(), organization, year.Changes, year.StartedAt);
        var recorded = await RecordAsync(
            plan, EvidenceIds.OfStep(instance, Record), year.FiscalYear, EvidenceType.Operation, instance, Record, year.StartedBy, year.StartedAt, organization,
            cancellationToken);
        await states.UpdateAsync<ManagementYear>(
            YearStore.Year, instance, y => y.PlanEvidence is null ? y with { PlanEvidence = recorded.Id } : y, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Records the draft of a year's plan as what the item of the year before demands. The same settings give the same draft; other settings give another one.
    /// </summary>
    /// <exception cref="RefusedException">The plan is made already, or nobody is asked for it at present.</exception>
    public async Task<EvidenceManifest> DraftAsync(FiscalYear year, string actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        var (plan, isMade) = await FindAsync(year, cancellationToken);
        var item = (await years.ItemsAsync(year.Previous.Id, cancellationToken)).Select(i => i.Value)
            .FirstOrDefault(i => i.StartsNextYear && i.State is PlanItemState.Open or PlanItemState.Returned);
        if (isMade || item is null)
        {
            throw new RefusedException(Refusal.Of(
                RefusalKind.IllegalState, isMade ? "year-plan-made" : "year-plan-not-asked-for", "fy", year.Id, PlanItemTexts.NameOfYear(year.Id), PlanItemTexts.NameOfYear(year.Previous.Id)));
        }

        var settings = (await organizations.FindAsync(cancellationToken))!;
        var id = EvidenceIds.OfStep(item.InstanceId, string.Create(CultureInfo.InvariantCulture, $"{Draft}-{settings.Revision}"));
        return await RecordAsync(
            plan, id, item.FiscalYear, EvidenceType.Improvement, item.InstanceId, Draft, actor, clock.GetUtcNow(), await organizations.GetAsync(cancellationToken),
            cancellationToken);
    }

    private async Task<EvidenceManifest> RecordAsync(
        YearPlan plan,
        string id,
        string fiscalYear,
        EvidenceType type,
        string subject,
        string record,
        string actor,
        DateTimeOffset at,
        Organization organization,
        CancellationToken cancellationToken)
    {
        if (await evidence.FindAsync(id, cancellationToken) is { } recorded)
        {
            return recorded;
        }

        var office = OfficeTime.Of(organization.TimeZone);
        var draft = new EvidenceDraft
        {
            Id = id,
            FiscalYear = fiscalYear,
            Type = type,
            Title = Texts.Get("annual-plan.title", PlanItemTexts.NameOfYear(plan.Year.Id)),
            Clauses = record == Draft ? ["6.2", "10.1"] : ["6.2", "8.1"],
            Period = new Period(office.StartOf(plan.Year.Start), YearRules.ClosesAt(plan.Year, office)),
            Subject = subject,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(subject, record, actor) },
            CreatedBy = actor,
        };
        var document = YearPlanDocument.Of(plan, $"{subject}-{record}", office.DateAt(at), organization);
        return await evidence.RecordAsync(draft, DocumentFiles.Of(record, document, YearPlanView.Of(plan, isMade: record != Draft)), cancellationToken);
    }
}
