using Isms.Text;

namespace Isms.Audits;

/// <summary>What an auditor found on a question.</summary>
public enum AnswerResult
{
    /// <summary>It conforms (適合).</summary>
    Conforming,

    /// <summary>The management system fails in a demand as a whole, or in a way that endangers it (重大な不適合).</summary>
    MajorNonconformity,

    /// <summary>A single lapse (軽微な不適合).</summary>
    MinorNonconformity,

    /// <summary>Not a nonconformity yet, but it will be one if nothing is done (観察事項).</summary>
    Observation,

    /// <summary>It could be better (改善の機会).</summary>
    Opportunity,

    /// <summary>The question does not apply here (対象外).</summary>
    NotApplicable,
}

/// <summary>How soon something has to be done about a finding.</summary>
public enum Urgency
{
    /// <summary>At once (至急).</summary>
    Immediate,

    /// <summary>Soon (高).</summary>
    High,

    /// <summary>In the ordinary course (中).</summary>
    Normal,

    /// <summary>When the occasion arises (低).</summary>
    Low,
}

/// <summary>An answer as an auditor gives it.</summary>
/// <param name="Question">The question's id in the checklist, such as <c>q-001</c>.</param>
/// <param name="Result">What was found.</param>
/// <param name="Note">What was seen and heard.</param>
/// <param name="Interviewee">Whom was spoken to.</param>
/// <param name="Evidence">Ids of evidence that was looked at.</param>
/// <param name="Requirement">For a nonconformity: what is demanded.</param>
/// <param name="Fact">For a nonconformity: what was found instead.</param>
/// <param name="Urgency">How soon something has to be done; follows from the result when it is left out.</param>
/// <param name="GoodPoint">Whether the report names it as a good example.</param>
public sealed record AnswerDraft(
    string Question,
    AnswerResult Result,
    string? Note = null,
    string? Interviewee = null,
    IReadOnlyList<string>? Evidence = null,
    string? Requirement = null,
    string? Fact = null,
    Urgency? Urgency = null,
    bool GoodPoint = false)
{
    /// <summary>Whether both say the same.</summary>
    public bool SaysTheSameAs(AnswerDraft other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Evidence = null } == other with { Evidence = null } && (Evidence ?? []).SequenceEqual(other.Evidence ?? []);
    }
}

/// <summary>An answer as it was given at some time.</summary>
/// <param name="Version">Counts the versions of one answer, from 1.</param>
/// <param name="By">The auditor's person id.</param>
/// <param name="At">When it was given.</param>
/// <param name="Answer">The answer.</param>
public sealed record GivenAnswer(int Version, string By, DateTimeOffset At, AnswerDraft Answer);

/// <summary>All versions of the answer to one question: what somebody else wrote before is never lost.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Versions">Oldest first, at least one.</param>
public sealed record AnswerSheet(string Question, IReadOnlyList<GivenAnswer> Versions)
{
    /// <summary>The newest version.</summary>
    public GivenAnswer Latest => Versions[^1];

    /// <summary>The sheet with one more version; the same sheet when the same person says the same again.</summary>
    public AnswerSheet With(string by, DateTimeOffset at, AnswerDraft answer) =>
        Latest.By == by && Latest.Answer.SaysTheSameAs(answer) ? this : this with { Versions = [.. Versions, new GivenAnswer(Latest.Version + 1, by, at, answer)] };

    /// <summary>The version of this number, or null.</summary>
    public GivenAnswer? Find(int version) => Versions.FirstOrDefault(v => v.Version == version);
}

/// <summary>How many questions were answered how.</summary>
/// <param name="Questions">Questions in the checklist.</param>
/// <param name="Conforming">Conforming.</param>
/// <param name="Major">Major nonconformities.</param>
/// <param name="Minor">Minor nonconformities.</param>
/// <param name="Observations">Observations.</param>
/// <param name="Opportunities">Opportunities for improvement.</param>
/// <param name="NotApplicable">Not applicable.</param>
public sealed record AnswerCounts(int Questions, int Conforming, int Major, int Minor, int Observations, int Opportunities, int NotApplicable)
{
    /// <summary>Counts results.</summary>
    public static AnswerCounts Of(int questions, IEnumerable<AnswerResult> results)
    {
        var by = results.CountBy(r => r).ToDictionary();
        int Count(AnswerResult r) => by.GetValueOrDefault(r);
        return new AnswerCounts(
            questions, Count(AnswerResult.Conforming), Count(AnswerResult.MajorNonconformity), Count(AnswerResult.MinorNonconformity),
            Count(AnswerResult.Observation), Count(AnswerResult.Opportunity), Count(AnswerResult.NotApplicable));
    }
}

/// <summary>A finding of an audit.</summary>
public sealed record Finding
{
    /// <summary>Its id within the audit, such as <c>f-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The question it was found on.</summary>
    public required string Question { get; init; }

    /// <summary>Its grade: a nonconformity, an observation or an opportunity.</summary>
    public required AnswerResult Grade { get; init; }

    /// <summary>How soon something has to be done.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>What makes it more urgent than its grade.</summary>
    public IReadOnlyList<UrgencyReason> UrgencyReasons { get; init; } = [];

    /// <summary>The department it was found in.</summary>
    public required string Department { get; init; }

    /// <summary>The clause it concerns.</summary>
    public string? Clause { get; init; }

    /// <summary>The control it concerns.</summary>
    public string? Control { get; init; }

    /// <summary>What is demanded.</summary>
    public LocalizedText? Requirement { get; init; }

    /// <summary>What was found.</summary>
    public required string Fact { get; init; }

    /// <summary>Evidence of it.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>The auditor's person id.</summary>
    public required string Auditor { get; init; }

    /// <summary>Whether it is a nonconformity, major or minor: it starts a corrective action (clause 10.2).</summary>
    public bool IsNonconformity => Grade is AnswerResult.MajorNonconformity or AnswerResult.MinorNonconformity;
}
