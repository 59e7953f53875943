using Isms.Audits;

namespace Isms.Certification;

/// <summary>Announces an audit: one of the track, or one outside the cycle.</summary>
/// <param name="Track">The audit of the track, such as <c>2024-surveillance-1</c>; left out for one outside the cycle.</param>
/// <param name="From">Its first day; for one of the track the agreed or proposed day, when left out.</param>
/// <param name="To">Its last day; the first, when left out.</param>
public sealed record AnnounceCertificationAudit(string? Track = null, DateOnly? From = null, DateOnly? To = null);

/// <summary>Enters what the body found.</summary>
/// <param name="From">The first day on which it was held.</param>
/// <param name="Result">What is recommended.</param>
/// <param name="To">The last day; the first, when left out.</param>
/// <param name="Auditors">The auditors of the body, the leader first.</param>
/// <param name="Summary">The body's conclusion, in its words.</param>
/// <param name="Findings">The findings.</param>
/// <param name="RespondBy">Until when the body waits for the corrective action plan; by the settings, when left out.</param>
/// <param name="Evidence">Ids of evidence: the body's report.</param>
public sealed record EnterCertificationResult(
    DateOnly From,
    CertificationResult Result,
    DateOnly? To = null,
    IReadOnlyList<string>? Auditors = null,
    string? Summary = null,
    IReadOnlyList<CertificationFindingDraft>? Findings = null,
    DateOnly? RespondBy = null,
    IReadOnlyList<string>? Evidence = null);

/// <summary>A finding as it stands in the body's report.</summary>
/// <param name="Wording">The grade in the body's words, such as 軽微な不適合 or Category B.</param>
/// <param name="Fact">What was found.</param>
/// <param name="Grade">Our grade; follows from the wording, when left out.</param>
/// <param name="Department">The department; the ISMS manager's, who answers for the whole, when left out.</param>
/// <param name="Clause">The clause it concerns.</param>
/// <param name="Control">The control it concerns, with or without <c>A.</c></param>
/// <param name="Requirement">What is demanded; the title of clause or control, when left out.</param>
public sealed record CertificationFindingDraft(
    string Wording,
    string Fact,
    AnswerResult? Grade = null,
    string? Department = null,
    string? Clause = null,
    string? Control = null,
    string? Requirement = null);

/// <summary>Says that the corrective action plan was sent to the body.</summary>
/// <param name="Comment">A remark.</param>
/// <param name="Evidence">Ids of evidence that was sent along.</param>
public sealed record SendCertificationResponse(string? Comment = null, IReadOnlyList<string>? Evidence = null);

/// <summary>Says that the body wants the plan improved.</summary>
/// <param name="Comment">What it wants.</param>
/// <param name="RespondBy">Until when.</param>
public sealed record ReturnCertificationResponse(string Comment, DateOnly RespondBy);
