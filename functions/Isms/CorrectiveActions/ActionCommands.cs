using Isms.Audits;

namespace Isms.CorrectiveActions;

/// <summary>Raises a corrective action by hand.</summary>
/// <param name="Department">The department's id.</param>
/// <param name="Requirement">What is demanded.</param>
/// <param name="Fact">What was found instead.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
/// <param name="Clause">The clause it concerns.</param>
/// <param name="Control">The control it concerns.</param>
/// <param name="Owner">The owner's person id; the department's lead, when left out.</param>
/// <param name="Urgency">How soon something has to be done.</param>
/// <param name="Source">Where it comes from, when not noticed by hand.</param>
public sealed record RaiseAction(
    string Department,
    string Requirement,
    string Fact,
    IReadOnlyList<string>? Evidence = null,
    string? Clause = null,
    string? Control = null,
    string? Owner = null,
    Urgency Urgency = Urgency.High,
    ActionOrigin Source = ActionOrigin.Manual);

/// <summary>Reports the correction.</summary>
/// <param name="Description">What was done about the nonconformity and its consequences, or why nothing had to be.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
public sealed record ReportCorrection(string Description, IReadOnlyList<string>? Evidence = null);

/// <summary>Reports the cause.</summary>
/// <param name="Whys">The answers to the repeated question why.</param>
/// <param name="Elsewhere">Where else the same was looked for.</param>
public sealed record ReportRootCause(IReadOnlyList<string> Whys, ElsewhereCheck? Elsewhere = null);

/// <summary>Proposes the plan.</summary>
/// <param name="Steps">Its steps.</param>
/// <param name="WaitingDays">Days between implementation and effectiveness check; 30, when left out.</param>
public sealed record ProposePlan(IReadOnlyList<PlanStep> Steps, int? WaitingDays = null);

/// <summary>Reports the implementation.</summary>
/// <param name="Note">What was done.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
public sealed record ReportImplementation(string Note, IReadOnlyList<string>? Evidence = null);

/// <summary>Reports whether it worked.</summary>
/// <param name="Effective">Whether it did.</param>
/// <param name="Note">How that was found.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
public sealed record ReportEffectiveness(bool Effective, string Note, IReadOnlyList<string>? Evidence = null);

/// <summary>Who gives a command, when, and in what capacity.</summary>
/// <param name="Person">The person id.</param>
/// <param name="At">When.</param>
/// <param name="Today">The local date.</param>
/// <param name="IsSecretariat">Whether they may act on the owner's behalf.</param>
public sealed record ActingPerson(string Person, DateTimeOffset At, DateOnly Today, bool IsSecretariat = false);
