using System.Globalization;
using Isms.Catalogues;
using Isms.Text;

namespace Isms.Registers;

/// <summary>
/// Turns a statement of applicability of 2013 into a proposal for the 2022 edition. The proposal is careful: what one of several merged rows needed stays
/// needed, and what one of them lacked is not called implemented.
/// </summary>
public static class StatementMigrationRules
{
    /// <summary>Migrates the rows.</summary>
    public static StatementMigration Migrate(IReadOnlyList<StatementRow2013> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var errors = new List<FieldError>();
        var known = new Dictionary<string, StatementRow2013>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (Edition2013.Find(row.Control) is not { } control)
            {
                errors.Add(FieldError.Of("migration-control-unknown", RegisterTables.IdColumn, row.Control, row.Control) with { Row = row.Number });
            }
            else if (!known.TryAdd(control.Id, row))
            {
                errors.Add(FieldError.Of("migration-control-twice", RegisterTables.IdColumn, row.Control, control.Id, known[control.Id].Number) with { Id = control.Id, Row = row.Number });
            }
        }

        var conflicts = new List<MigrationConflict>();
        var controls = Standard.Controls.Select(c => Migrate(c.Id, known, conflicts)).ToArray();
        return new StatementMigration(
            controls,
            conflicts,
            [.. controls.Where(c => c.Decision.Applicable is null).Select(c => c.Decision.Control)],
            [.. Edition2013.Controls.Select(c => c.Id).Where(id => !known.ContainsKey(id))],
            errors);
    }

    /// <summary>The proposal as a table to import into the register <c>controls</c>.</summary>
    public static TableText ToTable(StatementMigration migration, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(migration);
        string[] columns =
        [
            RegisterTables.IdColumn, ControlFields.Applicable, ControlFields.Justification, ControlFields.Implementation, ControlFields.MigratedFrom, ControlFields.Notes,
        ];
        return new TableText(columns, [.. migration.Controls.Select((c, i) => new TableRow(i + 2,
        [
            c.Decision.Control,
            c.Decision.Applicable switch { true => "true", false => "false", null => "" },
            c.Decision.Justification,
            StatementTexts.ValueOf(c.Decision.Implementation),
            string.Join(", ", c.Sources),
            string.Join("\n", c.Notes.Select(n => n.In(culture))),
        ]))]);
    }

    private static MigratedControl Migrate(string control, Dictionary<string, StatementRow2013> known, List<MigrationConflict> conflicts)
    {
        var sources = Edition2013.SourcesOf(control);
        if (sources.Count == 0)
        {
            return new MigratedControl(Undecided(control), [], [Texts.Get("migration-note.new")]);
        }

        var rows = sources.Where(s => known.ContainsKey(s.Id)).Select(s => (s.Id, Row: known[s.Id])).ToArray();
        var found = Conflicts(control, rows).ToArray();
        conflicts.AddRange(found);
        var applicable = AppliesWhereAnyRowApplied(rows);
        var kept = rows.Where(r => r.Row.Applicable == applicable || applicable is null).ToArray();
        var decision = Undecided(control) with
        {
            Applicable = applicable,
            Justification = Justification(kept),
            Implementation = applicable == false ? ControlImplementation.NotApplicable : ImplementedOnlyWhereEveryRowWas(kept),
        };
        string[] absent = [.. sources.Select(s => s.Id).Where(id => !known.ContainsKey(id))];
        LocalizedText?[] notes =
        [
            rows.Length > 1 ? Texts.Get("migration-note.merged", string.Join(", ", rows.Select(r => r.Id))) : null,
            absent.Length > 0 ? Texts.Get("migration-note.absent", string.Join(", ", absent)) : null,
            .. found.Select(c => c.Explanation),
        ];
        return new MigratedControl(decision, [.. rows.Select(r => r.Id)], [.. notes.OfType<LocalizedText>()]);
    }

    private static ControlDecision Undecided(string control) => new(control, null, [], "", ControlImplementation.Unknown, "", "");

    private static bool? AppliesWhereAnyRowApplied((string Id, StatementRow2013 Row)[] rows) =>
        rows.Any(r => r.Row.Applicable == true) ? true
            : rows.Length == 0 || rows.Any(r => r.Row.Applicable is null) ? null
            : false;

    private static ControlImplementation ImplementedOnlyWhereEveryRowWas((string Id, StatementRow2013 Row)[] rows)
    {
        var states = rows.Select(r => r.Row.Implementation).Where(s => s is not (ControlImplementation.Unknown or ControlImplementation.NotApplicable)).Distinct().ToArray();
        return states switch
        {
            [] => ControlImplementation.Unknown,
            [var one] => one,
            _ => ControlImplementation.Partly,
        };
    }

    private static string Justification((string Id, StatementRow2013 Row)[] rows)
    {
        var stated = rows.Where(r => r.Row.Justification.Trim().Length > 0).ToArray();
        return stated.Select(r => r.Row.Justification.Trim()).Distinct(StringComparer.Ordinal).Count() == 1
            ? stated[0].Row.Justification.Trim()
            : string.Join("\n", stated.Select(r => $"{r.Id}: {r.Row.Justification.Trim()}"));
    }

    private static IEnumerable<MigrationConflict> Conflicts(string control, (string Id, StatementRow2013 Row)[] rows)
    {
        string[] sources = [.. rows.Select(r => r.Id)];
        var excluded = rows.Where(r => r.Row.Applicable == false).Select(r => r.Id).ToArray();
        var included = rows.Where(r => r.Row.Applicable == true).ToArray();
        if (excluded.Length > 0 && included.Length > 0)
        {
            yield return new MigrationConflict(control, sources, ControlFields.Applicable, Texts.Get(
                "migration-conflict.applicable", string.Join(", ", included.Select(r => r.Id)), string.Join(", ", excluded)));
        }

        if (included.Select(r => r.Row.Implementation).Where(s => s != ControlImplementation.Unknown).Distinct().Count() > 1)
        {
            var states = included.Select(r => (r.Id, Title: StatementTexts.TitleOf(r.Row.Implementation))).ToArray();
            yield return new MigrationConflict(control, sources, ControlFields.Implementation, Texts.Get(
                "migration-conflict.implementation",
                new LocalizedText(string.Join("、", states.Select(s => $"{s.Id} {s.Title.Ja}")), string.Join(", ", states.Select(s => $"{s.Id} {s.Title.En}")))));
        }
    }
}
