using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Text;

namespace Isms.Risks;

/// <summary>Where something was noticed that may be a risk.</summary>
public enum RiskSourceKind
{
    /// <summary>A finding of an audit.</summary>
    Audit,

    /// <summary>A nonconformity that was noticed otherwise.</summary>
    CorrectiveAction,

    /// <summary>An incident.</summary>
    Incident,

    /// <summary>A collector's exception from the organisation's policy.</summary>
    Monitoring,
}

/// <summary>Something that was noticed and may be a risk: the same whatever it comes from.</summary>
public sealed record RiskSource
{
    /// <summary>What it comes from.</summary>
    public required RiskSourceKind Kind { get; init; }

    /// <summary>Names it for good: the same key is suggested once. Letters, digits, dots and hyphens.</summary>
    public required string Key { get; init; }

    /// <summary>What was noticed, in one line.</summary>
    public required LocalizedText What { get; init; }

    /// <summary>The monitoring exception's code.</summary>
    public string? Exception { get; init; }

    /// <summary>The clause that it concerns.</summary>
    public string? Clause { get; init; }

    /// <summary>The control that it concerns.</summary>
    public string? Control { get; init; }

    /// <summary>The department's id; empty where it concerns no particular one.</summary>
    public string Department { get; init; } = "";

    /// <summary>Ids of the assets concerned.</summary>
    public IReadOnlyList<string> Assets { get; init; } = [];

    /// <summary>Ids of evidence of it.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>How grave it is.</summary>
    public Urgency Urgency { get; init; } = Urgency.Normal;

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The findings of an audit whose report was written. Opportunities for improvement are no risks.</summary>
    public static IEnumerable<RiskSource> Of(Audit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return
            from finding in audit.Findings
            where finding.Grade is AnswerResult.MajorNonconformity or AnswerResult.MinorNonconformity or AnswerResult.Observation
            select new RiskSource
            {
                Kind = RiskSourceKind.Audit,
                Key = KeyOf(audit.Id, finding.Id),
                What = finding.Requirement is { } requirement ? new($"{requirement.Ja}: {finding.Fact}", $"{requirement.En}: {finding.Fact}") : LocalizedText.Same(finding.Fact),
                Clause = finding.Clause,
                Control = finding.Control,
                Department = finding.Department,
                Evidence = finding.Evidence,
                Urgency = finding.Urgency,
                At = audit.StageSince,
            };
    }

    /// <summary>The nonconformity of a corrective action. One that an audit started is the finding itself, under the finding's key.</summary>
    public static RiskSource Of(CorrectiveAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var (source, noticed) = (action.Source, action.Nonconformity);
        var isFinding = source is { Origin: ActionOrigin.Audit, Instance: not null, Finding: not null };
        return new RiskSource
        {
            Kind = isFinding ? RiskSourceKind.Audit : source.Origin == ActionOrigin.Incident ? RiskSourceKind.Incident : RiskSourceKind.CorrectiveAction,
            Key = isFinding ? KeyOf(source.Instance!, source.Finding!) : action.Id,
            What = new($"{noticed.Requirement.Ja}: {noticed.Fact}", $"{noticed.Requirement.En}: {noticed.Fact}"),
            Clause = noticed.Clause,
            Control = noticed.Control,
            Department = noticed.Department,
            Evidence = noticed.Evidence,
            Urgency = noticed.Urgency,
            At = action.RaisedAt,
        };
    }

    /// <summary>
    /// The exceptions in the summary of a collector's evidence. A kind of exception is suggested once a fiscal year, not once a day: the year's assessment is
    /// where it is weighed.
    /// </summary>
    /// <param name="collector">The collector, such as <c>sign-ins</c>.</param>
    /// <param name="fiscalYear">The year of the evidence.</param>
    /// <param name="evidence">The id of the evidence.</param>
    /// <param name="exceptions">How many exceptions it holds, by code.</param>
    /// <param name="at">When it was recorded.</param>
    public static IEnumerable<RiskSource> OfExceptions(
        string collector, string fiscalYear, string evidence, IReadOnlyDictionary<string, int> exceptions, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(exceptions);
        return
            from exception in exceptions
            where exception.Value > 0 && RiskPatterns.OfException(exception.Key) is not null
            orderby exception.Key
            select new RiskSource
            {
                Kind = RiskSourceKind.Monitoring,
                Key = $"{collector}.{exception.Key}.{fiscalYear}",
                What = Texts.Get("risk-suggestion.exception", Texts.Get("finding." + exception.Key), exception.Value),
                Exception = exception.Key,
                Evidence = [evidence],
                At = at,
            };
    }

    private static string KeyOf(string instance, string finding) => $"{instance}.{finding}";
}
