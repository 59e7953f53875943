using System.Globalization;
using Isms.Catalogues;
using Isms.Registers;

namespace IsmsFunctions.Registers;

/// <summary>The statement of applicability.</summary>
/// <param name="Applicable">How many controls apply.</param>
/// <param name="Excluded">How many are excluded.</param>
/// <param name="Undecided">How many nobody has decided about.</param>
/// <param name="Implemented">How many of those that apply are implemented.</param>
/// <param name="WithEvidence">How many of those that apply are shown by evidence.</param>
/// <param name="Items">All 93 controls.</param>
public sealed record StatementView(int Applicable, int Excluded, int Undecided, int Implemented, int WithEvidence, IReadOnlyList<StatementRowView> Items)
{
    /// <summary>The statement in a language.</summary>
    public static StatementView Of(IReadOnlyList<StatementRow> rows, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var applied = rows.Where(r => r.Decision.Applicable == true).ToList();
        return new StatementView(
            applied.Count,
            rows.Count(r => r.Decision.Applicable == false),
            rows.Count(r => r.Decision.Applicable is null),
            applied.Count(r => r.Decision.Implementation == ControlImplementation.Implemented),
            applied.Count(r => r.Evidence.Count > 0),
            [.. rows.Select(r => StatementRowView.Of(r, culture))]);
    }
}

/// <summary>A control of the statement.</summary>
/// <param name="Control">Its number.</param>
/// <param name="Title">Its name.</param>
/// <param name="Theme">Its theme.</param>
/// <param name="Applicable">Whether it applies; null while undecided.</param>
/// <param name="Grounds">Why it applies.</param>
/// <param name="Justification">Why, in words.</param>
/// <param name="Implementation">How far it is implemented; null where that is not stated.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Method">How it is done.</param>
/// <param name="Evidence">The newest evidence of each kind.</param>
/// <param name="Gaps">What an auditor would miss.</param>
/// <param name="IsSample">Whether it is starter content.</param>
public sealed record StatementRowView(
    string Control,
    string Title,
    ControlTheme Theme,
    bool? Applicable,
    IReadOnlyList<string> Grounds,
    string Justification,
    string? Implementation,
    string Owner,
    string Method,
    IReadOnlyList<StatementEvidenceView> Evidence,
    IReadOnlyList<StatementGapView> Gaps,
    bool IsSample)
{
    /// <summary>The row in a language.</summary>
    public static StatementRowView Of(StatementRow row, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(row);
        var decision = row.Decision;
        return new StatementRowView(
            row.Control.Id, row.Control.Title.In(culture), row.Control.Theme, decision.Applicable, decision.Grounds, decision.Justification,
            decision.Implementation == ControlImplementation.Unknown ? null : StatementTexts.ValueOf(decision.Implementation),
            decision.Owner, decision.Method,
            [.. row.Evidence.Select(e => new StatementEvidenceView(e.Id, e.Title.In(culture), e.CreatedAt))],
            [.. row.Gaps.Select(g => new StatementGapView(g, StatementTexts.TitleOf(g).In(culture)))],
            row.Entry?.IsSample ?? false);
    }
}

/// <summary>An item of evidence that shows a control.</summary>
/// <param name="Id">Its id, as in <c>/evidence/{id}</c>.</param>
/// <param name="Title">What it is.</param>
/// <param name="CreatedAt">When it was recorded.</param>
public sealed record StatementEvidenceView(string Id, string Title, DateTimeOffset CreatedAt);

/// <summary>Something an auditor would miss.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Title">In words.</param>
public sealed record StatementGapView(StatementGap Code, string Title);

/// <summary>What became of a statement of 2013: the preview of an import, and what a person should look at.</summary>
/// <param name="Import">The import; it changes the register when it is applied.</param>
/// <param name="Merged">Controls that several rows went into.</param>
/// <param name="Conflicts">Where those contradict each other.</param>
/// <param name="ToDecide">Controls that nobody has decided about: new ones first of all.</param>
/// <param name="Missing">Controls of 2013 that the statement does not mention.</param>
public sealed record MigrationView(
    ImportView Import,
    IReadOnlyList<MergedControlView> Merged,
    IReadOnlyList<MigrationConflictView> Conflicts,
    IReadOnlyList<string> ToDecide,
    IReadOnlyList<string> Missing)
{
    /// <summary>The migration in a language.</summary>
    public static MigrationView Of(StatementMigration migration, ImportView import, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(migration);
        return new MigrationView(
            import,
            [.. migration.Merged.Select(c => new MergedControlView(c.Decision.Control, c.Sources))],
            [.. migration.Conflicts.Select(c => new MigrationConflictView(c.Control, c.Sources, c.Field, c.Explanation.In(culture)))],
            migration.ToDecide,
            migration.Missing);
    }
}

/// <summary>A control that several of 2013 were merged into.</summary>
/// <param name="Control">The control of 2022.</param>
/// <param name="Sources">Those of 2013.</param>
public sealed record MergedControlView(string Control, IReadOnlyList<string> Sources);

/// <summary>A contradiction between merged rows.</summary>
/// <param name="Control">The control of 2022.</param>
/// <param name="Sources">Those of 2013.</param>
/// <param name="Field">What they disagree about.</param>
/// <param name="Title">Who says what, and what is proposed.</param>
public sealed record MigrationConflictView(string Control, IReadOnlyList<string> Sources, string Field, string Title);
