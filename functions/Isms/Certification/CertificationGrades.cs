using Isms.Audits;

namespace Isms.Certification;

/// <summary>What the words of certification bodies for grades mean. ISO/IEC 17021-1 knows major and minor nonconformities; what lies below is the body's own.</summary>
public static class CertificationGrades
{
    private static readonly Dictionary<string, AnswerResult> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["重大な不適合"] = AnswerResult.MajorNonconformity,
        ["重大不適合"] = AnswerResult.MajorNonconformity,
        ["メジャー"] = AnswerResult.MajorNonconformity,
        ["major"] = AnswerResult.MajorNonconformity,
        ["major nonconformity"] = AnswerResult.MajorNonconformity,
        ["category a"] = AnswerResult.MajorNonconformity,
        ["カテゴリーa"] = AnswerResult.MajorNonconformity,
        ["軽微な不適合"] = AnswerResult.MinorNonconformity,
        ["軽微不適合"] = AnswerResult.MinorNonconformity,
        ["マイナー"] = AnswerResult.MinorNonconformity,
        ["minor"] = AnswerResult.MinorNonconformity,
        ["minor nonconformity"] = AnswerResult.MinorNonconformity,
        ["category b"] = AnswerResult.MinorNonconformity,
        ["カテゴリーb"] = AnswerResult.MinorNonconformity,
        ["観察事項"] = AnswerResult.Observation,
        ["懸念事項"] = AnswerResult.Observation,
        ["observation"] = AnswerResult.Observation,
        ["area of concern"] = AnswerResult.Observation,
        ["改善の機会"] = AnswerResult.Opportunity,
        ["改善の余地"] = AnswerResult.Opportunity,
        ["推奨事項"] = AnswerResult.Opportunity,
        ["ofi"] = AnswerResult.Opportunity,
        ["opportunity for improvement"] = AnswerResult.Opportunity,
    };

    /// <summary>The grade that a word means to the organisation's body; null when neither the settings nor custom knows it.</summary>
    public static AnswerResult? Of(string wording, CertificationSettings? settings)
    {
        ArgumentNullException.ThrowIfNull(wording);
        var word = wording.Trim();
        var own = settings?.Grades.FirstOrDefault(g => g.Word.Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
        return own?.Grade ?? (Usual.TryGetValue(word, out var grade) ? grade : null);
    }
}
