using Isms.Meetings;
using IsmsFunctions.Registers;

namespace IsmsFunctions.Meetings.Agenda;

/// <summary>Objectives that were not met at their newest measurement.</summary>
public sealed class ObjectiveAgenda(RegisterStore registers) : IAgendaSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var book = await registers.ReadAsync(cancellationToken);
        return CommitteeAgenda.OfObjectives(book.Entries("objectives").Where(e => !e.IsDeleted && e["fiscalYear"] == period.FiscalYear));
    }
}
