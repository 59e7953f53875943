using Isms.Organizations;
using Isms.Registers;
using Isms.Risks;
using Isms.Year;

namespace IsmsFunctions.Registers.Risks;

/// <summary>The risks and treatments in the registers, as the risk method reads them.</summary>
public sealed class RiskRegister(RegisterStore registers)
{
    /// <summary>The registers at an instant, or as they are where it is null.</summary>
    public Task<RegisterBook> ReadAsync(DateTimeOffset? at, CancellationToken cancellationToken) =>
        at is { } moment ? registers.ReadAsOfAsync(moment, cancellationToken) : registers.ReadAsync(cancellationToken);

    /// <summary>The risks that are not deleted, in the order of the register, each with the value of its assets.</summary>
    public static IReadOnlyList<Risk> RisksIn(RegisterBook book, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        return [.. book.Entries(RiskFields.Register).Where(e => !e.IsDeleted).Select(e => RiskOf(book, e) with { RegisteredOn = office.DateAt(e.CreatedAt) })];
    }

    /// <summary>An entry as a risk.</summary>
    public static Risk RiskOf(RegisterBook book, RegisterEntry entry)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(entry);
        var risk = Risk.Of(entry.Id, entry.Values);
        return risk with { AssetValue = RiskRegisterRule.HighestValueOf(risk.Assets.Select(id => book.Find(RiskFields.Assets, id)).OfType<RegisterEntry>()) };
    }

    /// <summary>The treatment plan.</summary>
    public static IReadOnlyList<PlannedTreatment> TreatmentsIn(RegisterBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return [.. book.Entries(PlannedTreatment.Register).Where(e => !e.IsDeleted).Select(PlannedTreatment.Of)];
    }
}
