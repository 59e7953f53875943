using Isms.Text;

namespace Isms.Audits;

/// <summary>What makes a finding more urgent than its grade alone.</summary>
public enum UrgencyReason
{
    /// <summary>It was found before and is back, or was never mended (再発).</summary>
    Recurs,

    /// <summary>It concerns personal data, the law, or what an incident would be fought with (重要管理策).</summary>
    Critical,

    /// <summary>The same demand is not met in several departments of the audit (複数部門).</summary>
    Widespread,
}

/// <summary>How soon something has to be done about a finding. A pure function of what the audit found; see docs/decisions/0075.</summary>
public static class FindingUrgency
{
    /// <summary>
    /// Controls whose failure cannot wait: law (5.31) and personal data (5.34), the response to incidents (5.24, 5.26), known vulnerabilities (8.8), backups (8.13).
    /// </summary>
    private static readonly HashSet<string> CriticalControls = ["5.24", "5.26", "5.31", "5.34", "8.8", "8.13"];

    /// <summary>How soon a finding of this grade has to be dealt with when nothing else is known of it.</summary>
    public static Urgency UsualOf(AnswerResult grade) => grade switch
    {
        AnswerResult.MajorNonconformity => Urgency.Immediate,
        AnswerResult.MinorNonconformity => Urgency.High,
        AnswerResult.Observation => Urgency.Normal,
        _ => Urgency.Low,
    };

    /// <summary>What makes a finding more urgent.</summary>
    /// <param name="question">The question it was found on.</param>
    /// <param name="departments">In how many departments of the audit the same demand is not met.</param>
    public static IReadOnlyList<UrgencyReason> ReasonsOf(ChecklistQuestion question, int departments)
    {
        ArgumentNullException.ThrowIfNull(question);
        (UrgencyReason Reason, bool Holds)[] reasons =
        [
            (UrgencyReason.Recurs, question.FollowsUp is not null),
            (UrgencyReason.Critical, question.Control is { } control && CriticalControls.Contains(control)),
            (UrgencyReason.Widespread, departments > 1),
        ];
        return [.. reasons.Where(r => r.Holds).Select(r => r.Reason)];
    }

    /// <summary>The urgency: what the auditor said; else that of the grade, a step higher for each reason. An opportunity is nobody's failure, and stays what it is.</summary>
    public static Urgency Of(AnswerResult grade, Urgency? stated, IReadOnlyList<UrgencyReason> reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        var usual = UsualOf(grade);
        return stated ?? (grade == AnswerResult.Opportunity ? usual : (Urgency)Math.Max((int)Urgency.Immediate, (int)usual - reasons.Count));
    }

    /// <summary>What a reason is called.</summary>
    public static LocalizedText NameOf(UrgencyReason reason) => Texts.Get("audit.urgency-reason." + reason);
}
