using Isms.Reports;
using Isms.Text;

namespace Isms.ManagementReviews;

/// <summary>What top management has to consider in a management review (clause 9.3.2 a–g), with incidents and training beside it.</summary>
public enum ReviewTopic
{
    /// <summary>Clause 9.3.2 a: the status of actions from previous reviews.</summary>
    PreviousActions,

    /// <summary>Clause 9.3.2 b: changes in external and internal issues.</summary>
    Context,

    /// <summary>Clause 9.3.2 c: changes in needs and expectations of interested parties.</summary>
    InterestedParties,

    /// <summary>Clause 9.3.2 d 1: nonconformities and corrective actions.</summary>
    Nonconformities,

    /// <summary>Clause 9.3.2 d 2: monitoring and measurement results.</summary>
    Measurement,

    /// <summary>Clause 9.3.2 d 3: audit results, of internal and of external audits.</summary>
    AuditResults,

    /// <summary>Clause 9.3.2 d 4: fulfilment of information security objectives.</summary>
    Objectives,

    /// <summary>Clause 9.3.2 e: feedback from interested parties.</summary>
    Feedback,

    /// <summary>Clause 9.3.2 f: results of risk assessment and status of the risk treatment plan.</summary>
    Risks,

    /// <summary>Clause 9.3.2 g: opportunities for continual improvement.</summary>
    Improvement,

    /// <summary>Incidents and near misses.</summary>
    Incidents,

    /// <summary>Training.</summary>
    Training,
}

/// <summary>The time that a review looks back on.</summary>
/// <param name="FiscalYear">The fiscal year of the review.</param>
/// <param name="From">The first day: the day after the review before it, or a year back.</param>
/// <param name="Until">The last day: the day on which the inputs are compiled.</param>
public sealed record ReviewPeriod(string FiscalYear, DateOnly From, DateOnly Until);

/// <summary>What there is to say on a topic, from one source. Several sources may speak on the same topic.</summary>
public sealed record ReviewInput
{
    /// <summary>The topic.</summary>
    public required ReviewTopic Topic { get; init; }

    /// <summary>What it comes from, such as 内部監査; it heads the source's part of the topic.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>What it says, in sentences; without names of people where a role will do.</summary>
    public IReadOnlyList<LocalizedText> Sentences { get; init; } = [];

    /// <summary>Its figures.</summary>
    public IReadOnlyList<ReportFigure> Figures { get; init; } = [];

    /// <summary>Ids of the evidence that it rests on.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Why nothing can be said, such as "no measurement was recorded"; null where something can. An input with a gap does not cover its topic.</summary>
    public LocalizedText? Gap { get; init; }
}
