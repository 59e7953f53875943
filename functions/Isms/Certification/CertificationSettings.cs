using Isms.Audits;
using Isms.Text;

namespace Isms.Certification;

/// <summary>
/// The certification as the organisation's settings hold it: the certificate, or the planned first certification. All that is known of dates is here; the track is
/// computed from it.
/// </summary>
public sealed record CertificationSettings
{
    /// <summary>The certification body (認証機関).</summary>
    public required LocalizedText Body { get; init; }

    /// <summary>The standard and its edition, as on the certificate.</summary>
    public string Standard { get; init; } = "ISO/IEC 27001:2022 / JIS Q 27001:2023";

    /// <summary>The scope of certification (適用範囲), as on the certificate.</summary>
    public LocalizedText? Scope { get; init; }

    /// <summary>The number of the certificate (登録番号); null before the first.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary>The day of the certification decision: the twelve months to the first surveillance audit are counted from it (ISO/IEC 17021-1, 9.1.3.3).</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>The first day of validity, on which the three-year cycle begins; the day of the decision, when left out.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day of validity; three years less a day from the first, when left out.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>For a first certification: the first day of stage 1 (第一段階審査).</summary>
    public DateOnly? Stage1On { get; init; }

    /// <summary>For a first certification: the first day of stage 2, one to six months after stage 1; three months after it, when left out.</summary>
    public DateOnly? Stage2On { get; init; }

    /// <summary>Months between surveillance audits (定期審査): at most twelve.</summary>
    public int SurveillanceMonths { get; init; } = 12;

    /// <summary>Days that the body gives for the corrective action plan, unless it names a date.</summary>
    public int ResponseDays { get; init; } = 30;

    /// <summary>How long before a surveillance audit its preparation begins.</summary>
    public CertificationLeadTimes LeadTimes { get; init; } = new(60, 45, 30);

    /// <summary>The same for stage 1, stage 2 and the renewal, whose applications take longer.</summary>
    public CertificationLeadTimes RenewalLeadTimes { get; init; } = new(120, 60, 45);

    /// <summary>The dates agreed with the body, by audit.</summary>
    public IReadOnlyList<AgreedDate> AgreedDates { get; init; } = [];

    /// <summary>What the body's words for grades mean; the usual words are known without.</summary>
    public IReadOnlyList<GradeWord> Grades { get; init; } = [];
}

/// <summary>Lead times in days before the first day of an audit.</summary>
/// <param name="Apply">Until when to apply, or to fix the dates with the body.</param>
/// <param name="Rehearse">Until when to have held the pre-audit check, so that there is time to mend what it finds.</param>
/// <param name="Prepare">Until when the documents that the body asks for are ready.</param>
public sealed record CertificationLeadTimes(int Apply, int Rehearse, int Prepare);

/// <summary>The dates of an audit as agreed with the body.</summary>
/// <param name="Audit">The audit of the track, such as <c>2024-surveillance-1</c>.</param>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day; the first, when left out.</param>
public sealed record AgreedDate(string Audit, DateOnly From, DateOnly? To = null);

/// <summary>A word of the body for a grade, and which of our grades it is.</summary>
/// <param name="Word">The word, as in the body's report.</param>
/// <param name="Grade">A nonconformity, an observation or an opportunity.</param>
public sealed record GradeWord(string Word, AnswerResult Grade);
