using System.Globalization;
using Isms.Objectives;
using Isms.Registers;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Registers;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Objectives;

/// <summary>An objective as the register has it.</summary>
/// <param name="Year">The objective with its values.</param>
/// <param name="Entry">Its entry.</param>
public sealed record RegisteredObjective(ObjectiveYear Year, RegisterEntry Entry);

/// <summary>The objectives in the register: read, and given their values.</summary>
public sealed partial class ObjectiveRegister(RegisterStore store, RegisterEditor editor, ILogger<ObjectiveRegister> logger)
{
    private const int MostAttempts = 5;

    /// <summary>The objectives of a fiscal year, in the order of their ids.</summary>
    public async Task<IReadOnlyList<RegisteredObjective>> ReadAsync(string fiscalYear, CancellationToken cancellationToken) =>
        Of(await store.ReadAsync(cancellationToken), fiscalYear);

    /// <summary>The objectives of a fiscal year and of the one before it.</summary>
    public async Task<(IReadOnlyList<ObjectiveYear> Now, IReadOnlyList<ObjectiveYear> Before)> CompareAsync(FiscalYear year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        var book = await store.ReadAsync(cancellationToken);
        return ([.. Of(book, year.Id).Select(o => o.Year)], [.. Of(book, year.Previous.Id).Select(o => o.Year)]);
    }

    /// <summary>Writes the values of a quarter, and of the year where there are any, into the entries that say something else.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="by">Whose change it is: the app's for what it measured, a person's for what was entered.</param>
    /// <param name="cancellationToken">Cancels before anything is committed.</param>
    public async Task WriteAsync(KpiMeasurement measurement, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        for (var attempt = 1; await ProposalsAsync(measurement, cancellationToken) is { Count: > 0 } proposals; attempt++)
        {
            try
            {
                await editor.ApplyAsync(proposals, Author(by), null, cancellationToken);
                return;
            }
            catch (RefusedException e) when (e.Refusal.Kind == RefusalKind.Stale && attempt < MostAttempts)
            {
                // Somebody wrote one of the entries in between: what is proposed is made again from what they wrote.
            }
            catch (RefusedException e) when (proposals.Count > 1 && e.Refusal.Kind != RefusalKind.Stale)
            {
                await WriteEachAsync(proposals, by, cancellationToken);
                return;
            }
        }
    }

    /// <summary>An entry that its own rules refuse must not keep the others from their values.</summary>
    private async Task WriteEachAsync(IReadOnlyList<ProposedChange> proposals, string by, CancellationToken cancellationToken)
    {
        foreach (var proposal in proposals)
        {
            try
            {
                await editor.ApplyAsync([proposal], Author(by), null, cancellationToken);
            }
            catch (RefusedException e)
            {
                NotWritten(logger, proposal.Id, e.Refusal.Code);
            }
        }
    }

    private async Task<IReadOnlyList<ProposedChange>> ProposalsAsync(KpiMeasurement measurement, CancellationToken cancellationToken)
    {
        var book = await store.ReadAsync(cancellationToken);
        var proposals = new List<ProposedChange>();
        foreach (var line in measurement.Lines)
        {
            if (book.Find(ObjectiveFields.Register, line.Objective.Id) is not { IsDeleted: false } entry)
            {
                continue;
            }

            var values = new Dictionary<string, string>(entry.Values, StringComparer.Ordinal);
            Put(ObjectiveFields.Quarter(measurement.Quarter), line.Written);
            Put(ObjectiveFields.Result, line.WrittenOfYear);
            if (RegisterRules.Difference(entry.Values, values).Count > 0)
            {
                proposals.Add(new ProposedChange(ObjectiveFields.Register, entry.Id, RegisterChangeKind.Changed, values, entry.Revision));
            }

            void Put(string field, decimal? value)
            {
                if (value is { } number && ObjectiveYear.Number(entry, field) != number)
                {
                    values[field] = number.ToString("0.############", CultureInfo.InvariantCulture);
                }
            }
        }

        return proposals;
    }

    private static RegisterAuthor Author(string by) => new(by, by == YearPlanning.System ? RegisterChange.Rule : RegisterChange.Edit, null);

    private static IReadOnlyList<RegisteredObjective> Of(RegisterBook book, string fiscalYear) =>
        [.. from entry in book.Entries(ObjectiveFields.Register)
            where entry["fiscalYear"] == fiscalYear
            let year = ObjectiveYear.Of(entry)
            where year is not null
            select new RegisteredObjective(year, entry)];

    [LoggerMessage(EventId = 3601, EventName = "ObjectiveValueNotWritten", Level = LogLevel.Warning, Message = "The value of objective {Objective} could not be written into the register: {Code}")]
    private static partial void NotWritten(ILogger logger, string? objective, string code);
}
