using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Year;

/// <summary>Finds years and their plan items among the states.</summary>
public sealed class YearStore(StateStore states)
{
    /// <summary>The kind of state of a year.</summary>
    public const string Year = "year";

    /// <summary>The kind of state of a plan item.</summary>
    public const string Item = "item";

    /// <summary>The year of this instance id.</summary>
    /// <exception cref="KeyNotFoundException">There is none: its workflow was started by hand.</exception>
    public async Task<Stored<ManagementYear>> GetAsync(string instance, CancellationToken cancellationToken) =>
        await states.FindAsync<ManagementYear>(Year, instance, cancellationToken) ?? throw new KeyNotFoundException($"There is no year '{instance}'.");

    /// <summary>The year of this name.</summary>
    /// <exception cref="RefusedException">It has not been started.</exception>
    public async Task<Stored<ManagementYear>> FindStartedAsync(string fiscalYear, CancellationToken cancellationToken) =>
        await states.FindAsync<ManagementYear>(Year, ManagementYear.InstanceIdOf(fiscalYear), cancellationToken)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-year", "fy", fiscalYear, fiscalYear));

    /// <summary>All years, oldest first.</summary>
    public async Task<IReadOnlyList<Stored<ManagementYear>>> AllAsync(CancellationToken cancellationToken) =>
        await states.ListAsync<ManagementYear>(Year, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

    /// <summary>All plan items of a year, ordered by id.</summary>
    public async Task<IReadOnlyList<Stored<PlanItem>>> ItemsAsync(string fiscalYear, CancellationToken cancellationToken) =>
        await ItemsAfterAsync(fiscalYear, null, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Those of <see cref="ItemsAsync"/> whose instance id comes after <paramref name="after"/>.</summary>
    public IAsyncEnumerable<Stored<PlanItem>> ItemsAfterAsync(string fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<PlanItem>(Item, PlanItem.InstancePrefixOf(fiscalYear), after, cancellationToken);

    /// <summary>A plan item by its instance id.</summary>
    /// <exception cref="KeyNotFoundException">There is none: its workflow was started by hand.</exception>
    public async Task<Stored<PlanItem>> GetItemAsync(string instance, CancellationToken cancellationToken) =>
        await states.FindAsync<PlanItem>(Item, instance, cancellationToken) ?? throw new KeyNotFoundException($"There is no plan item '{instance}'.");

    /// <summary>A plan item by its id within the year.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<Stored<PlanItem>> FindItemAsync(string fiscalYear, string item, CancellationToken cancellationToken) =>
        await states.FindAsync<PlanItem>(Item, PlanItem.InstanceIdOf(fiscalYear, item), cancellationToken)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-item", "id", item, item));
}
