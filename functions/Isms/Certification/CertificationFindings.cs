using System.Globalization;
using Isms.Audits;
using Isms.Catalogues;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.Certification;

/// <summary>Takes the findings of a body over into our terms.</summary>
public static class CertificationFindings
{
    private const int MostFindings = 99;

    /// <summary>The findings, gravest first, or the rule that one of them breaks.</summary>
    public static Outcome<IReadOnlyList<CertificationFinding>> From(IReadOnlyList<CertificationFindingDraft>? drafts, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        drafts ??= [];
        if (drafts.Count > MostFindings)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "certification-too-many-findings", "findings", null, MostFindings);
        }

        var findings = new List<CertificationFinding>();
        for (var i = 0; i < drafts.Count; i++)
        {
            var read = Read(drafts[i], $"findings[{i}]", organization);
            if (read.Refusal is { } refusal)
            {
                return refusal;
            }

            findings.Add(read.Value);
        }

        // The enum runs from grave to slight; OrderBy keeps the report's order within.
        return findings.OrderBy(f => f.Grade).Select((f, index) => f with { Id = string.Create(CultureInfo.InvariantCulture, $"f-{index + 1:00}") }).ToList();
    }

    /// <summary>How soon our own corrective action goes about it.</summary>
    public static Urgency UrgencyOf(CertificationFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Findings.UsualUrgencyOf(finding.Grade);
    }

    /// <summary>What an internal audit has to follow up: observations and opportunities as well (clause 9.2.2).</summary>
    public static IEnumerable<ExternalFinding> ToFollowUp(CertificationAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.FindingsSoFar().Select(f => new ExternalFinding(
            $"{audit.Id}/{f.Id}", audit.Title, audit.To, f.IsNonconformity, f.Department, f.Clause, f.Control, f.Fact));
    }

    private static Outcome<CertificationFinding> Read(CertificationFindingDraft draft, string path, Organization organization)
    {
        var grade = draft.Grade ?? (draft.Wording is null ? null : CertificationGrades.Of(draft.Wording, organization.Certification));
        var department = draft.Department ?? organization.InRole(Role.IsmsManager).First().DepartmentId;
        var control = draft.Control?.StartsWith("A.", StringComparison.Ordinal) == true ? draft.Control[2..] : draft.Control;
        var broken = GradeIsClear(grade, draft, path) ?? FactIsSaid(draft, path) ?? DepartmentIsKnown(department, path, organization) ?? RequirementIsKnown(draft.Clause, control, path);
        if (broken is not null)
        {
            return broken;
        }

        Requirement? demanding = draft.Clause is { } clause ? Standard.FindClause(clause) : control is null ? null : Standard.FindControl(control);
        return new CertificationFinding
        {
            Id = "",
            Wording = draft.Wording!.Trim(),
            Grade = grade!.Value,
            Department = department,
            Clause = draft.Clause,
            Control = control,
            Requirement = draft.Requirement is { Length: > 0 } said ? LocalizedText.Same(said) : demanding?.Title ?? Texts.Get("certification.requirement-of-the-body"),
            Fact = draft.Fact.Trim(),
        };
    }

    private static Refusal? GradeIsClear(AnswerResult? grade, CertificationFindingDraft draft, string path) =>
        string.IsNullOrWhiteSpace(draft.Wording) || grade is null or AnswerResult.Conforming or AnswerResult.NotApplicable
            ? Refusal.Of(RefusalKind.InvalidInput, "certification-grade-unknown", path + ".wording", draft.Wording, draft.Wording)
            : null;

    private static Refusal? FactIsSaid(CertificationFindingDraft draft, string path) =>
        string.IsNullOrWhiteSpace(draft.Fact) ? Refusal.Of(RefusalKind.RuleBroken, "certification-fact-missing", path + ".fact") with { Missing = ["fact"] }
        : draft.Fact.Length > PlanItemRules.LongestText || draft.Requirement?.Length > PlanItemRules.LongestText
            ? Refusal.Of(RefusalKind.InvalidInput, "text-too-long", path, null, PlanItemRules.LongestText)
            : null;

    private static Refusal? DepartmentIsKnown(string department, string path, Organization organization) =>
        organization.FindDepartment(department) is null
            ? Refusal.Of(
                RefusalKind.InvalidInput, "unknown-department", path + ".department", department, department, string.Join(", ", organization.Departments.Select(d => d.Id)))
            : null;

    private static Refusal? RequirementIsKnown(string? clause, string? control, string path) =>
        clause is not null && Standard.FindClause(clause) is null ? Refusal.Of(RefusalKind.InvalidInput, "unknown-clauses", path + ".clause", clause, clause)
        : control is not null && Standard.FindControl(control) is null ? Refusal.Of(RefusalKind.InvalidInput, "unknown-controls", path + ".control", control, control)
        : null;
}
