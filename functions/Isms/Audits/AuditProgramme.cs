using Isms.Text;

namespace Isms.Audits;

/// <summary>What the programme covers.</summary>
public enum ProgrammeSubject
{
    /// <summary>A department.</summary>
    Department,

    /// <summary>A clause of the standard.</summary>
    Clause,

    /// <summary>A control of Annex A.</summary>
    Control,
}

/// <summary>How far a subject is covered in the cycle.</summary>
public enum CoverageState
{
    /// <summary>An audit of the cycle has looked at it (監査済み).</summary>
    Audited,

    /// <summary>An audit is planned or under way that looks at it (計画中).</summary>
    Planned,

    /// <summary>It is still to be covered (未実施).</summary>
    Open,

    /// <summary>It should have been covered by now (遅延).</summary>
    Late,

    /// <summary>The statement of applicability excludes it (適用除外).</summary>
    NotApplicable,
}

/// <summary>Why something is proposed for the next audit, the weightiest first.</summary>
public enum ProposalReason
{
    /// <summary>It should have been covered by now.</summary>
    Late,

    /// <summary>A risk above the line of acceptance hangs on it.</summary>
    Risk,

    /// <summary>A nonconformity was found there, and no audit has looked since.</summary>
    EarlierFinding,

    /// <summary>No audit of the cycle has looked at it.</summary>
    NotYetAudited,

    /// <summary>The last look is the longest ago.</summary>
    LongestAgo,

    /// <summary>Questions of the scope are asked there.</summary>
    AskedThere,
}

/// <summary>The audit programme (clause 9.2.2): what is covered within the certification cycle, when, and what comes next.</summary>
public sealed record AuditProgramme
{
    /// <summary>The day it is seen from.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The cycle.</summary>
    public required AuditCycle Cycle { get; init; }

    /// <summary>The audits of the cycle, by date.</summary>
    public required IReadOnlyList<ProgrammeAudit> Audits { get; init; }

    /// <summary>How many departments, clauses and controls stand where.</summary>
    public required IReadOnlyList<CoverageCount> Summary { get; init; }

    /// <summary>The departments, in the order of the settings.</summary>
    public required IReadOnlyList<Coverage> Departments { get; init; }

    /// <summary>The clauses 4.1–10.2, in the order of the standard.</summary>
    public required IReadOnlyList<Coverage> Clauses { get; init; }

    /// <summary>The 93 controls, in the order of the standard.</summary>
    public required IReadOnlyList<Coverage> Controls { get; init; }

    /// <summary>What the next audit should look at.</summary>
    public required ProposedScope Next { get; init; }
}

/// <summary>An audit of the programme.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="StageName">What that is called.</param>
/// <param name="From">First day of fieldwork.</param>
/// <param name="To">Last day of fieldwork.</param>
/// <param name="Departments">Ids of its departments.</param>
/// <param name="Clauses">How many clauses it asks about.</param>
/// <param name="Controls">How many controls it asks about.</param>
/// <param name="Findings">How many findings it has.</param>
/// <param name="Nonconformities">How many of those are nonconformities.</param>
public sealed record ProgrammeAudit(
    string Id, AuditStage Stage, LocalizedText StageName, DateOnly From, DateOnly To, IReadOnlyList<string> Departments, int Clauses, int Controls, int Findings,
    int Nonconformities);

/// <summary>How many subjects of a kind stand where.</summary>
/// <param name="Subject">The kind.</param>
/// <param name="Audited">Audited in the cycle.</param>
/// <param name="Planned">Planned.</param>
/// <param name="Open">Still to be covered.</param>
/// <param name="Late">Late.</param>
/// <param name="NotApplicable">Excluded.</param>
public sealed record CoverageCount(ProgrammeSubject Subject, int Audited, int Planned, int Open, int Late, int NotApplicable);

/// <summary>How a department, clause or control is covered.</summary>
public sealed record Coverage
{
    /// <summary>What kind of subject it is.</summary>
    public required ProgrammeSubject Subject { get; init; }

    /// <summary>Its id or number.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required CoverageState State { get; init; }

    /// <summary>The audit that looked last, in this cycle or before.</summary>
    public string? LastAudit { get; init; }

    /// <summary>The last day of that audit's fieldwork.</summary>
    public DateOnly? LastAuditedOn { get; init; }

    /// <summary>How many days ago that is.</summary>
    public int? AgeDays { get; init; }

    /// <summary>How many audits of the cycle have looked.</summary>
    public int TimesAudited { get; init; }

    /// <summary>The planned audit that will look first.</summary>
    public string? PlannedIn { get; init; }

    /// <summary>The first day of its fieldwork.</summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>By when an audit has to look; null where nothing more is demanded of this cycle.</summary>
    public DateOnly? CoverBy { get; init; }

    /// <summary>Risks above the line that hang on it.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>Nonconformities found there that no audit has looked at since.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Whether it has to be looked at every year rather than once in the cycle.</summary>
    public bool IsInFocus => Risks.Count > 0 || Findings.Count > 0;
}

/// <summary>The scope that is proposed for the next audit; departments, clauses and controls can be sent to <c>POST /api/audits</c> as they are.</summary>
/// <param name="FiscalYear">The fiscal year it should be held in.</param>
/// <param name="AuditsLeft">How many yearly audits the cycle still has room for, this one included.</param>
/// <param name="Departments">Ids of departments.</param>
/// <param name="Clauses">Clauses.</param>
/// <param name="Controls">Controls.</param>
/// <param name="Reasons">Why each of them is proposed.</param>
public sealed record ProposedScope(
    string FiscalYear, int AuditsLeft, IReadOnlyList<string> Departments, IReadOnlyList<string> Clauses, IReadOnlyList<string> Controls,
    IReadOnlyList<ProposedSubject> Reasons);

/// <summary>A subject of a proposal.</summary>
/// <param name="Subject">Its kind.</param>
/// <param name="Id">Its id or number.</param>
/// <param name="Reason">Why it is proposed.</param>
public sealed record ProposedSubject(ProgrammeSubject Subject, string Id, ProposalReason Reason);

/// <summary>What a programme is made from.</summary>
/// <param name="Audits">All internal audits that were not cancelled, each with its checklist (empty while it has none).</param>
/// <param name="External">Findings of the certification body.</param>
/// <param name="Focus">Exclusions and risks.</param>
public sealed record ProgrammeSources(IReadOnlyList<AuditWithChecklist> Audits, IReadOnlyList<ExternalFinding> External, AuditFocus Focus);

/// <summary>An audit and what it asks.</summary>
/// <param name="Audit">The audit.</param>
/// <param name="Checklist">Its checklist.</param>
public sealed record AuditWithChecklist(Audit Audit, Checklist Checklist)
{
    /// <summary>Whether its fieldwork is over.</summary>
    public bool IsHeld => Audit.Stage is AuditStage.Reporting or AuditStage.ReportApproval or AuditStage.FollowingUp or AuditStage.Closed;

    /// <summary>What it asks about: a clause in scope that nobody in scope could be asked about is not covered.</summary>
    public IReadOnlySet<string> AskedAbout(ProgrammeSubject subject)
    {
        var planned = Checklist.Questions.Count == 0;
        return (subject switch
        {
            ProgrammeSubject.Department => planned ? Audit.Plan.Departments : Checklist.Questions.Select(q => q.Department),
            ProgrammeSubject.Clause => planned ? Audit.Plan.Clauses : Checklist.Questions.Select(q => q.Clause).OfType<string>(),
            _ => planned ? Audit.Plan.Controls : Checklist.Questions.Select(q => q.Control).OfType<string>(),
        }).ToHashSet(StringComparer.Ordinal);
    }
}
