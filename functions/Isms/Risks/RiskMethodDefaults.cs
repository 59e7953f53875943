namespace Isms.Risks;

/// <summary>The scales, bands and rights of an organisation that has set none of its own.</summary>
internal static class RiskMethodDefaults
{
    public static IReadOnlyList<ScaleLevel> Likelihood { get; } =
    [
        new(new("極めてまれ", "Very rare"), new("10年に1回程度、またはそれ以下", "About once in ten years, or less often")),
        new(new("まれ", "Rare"), new("数年に1回程度", "About once in several years")),
        new(new("時々", "Occasional"), new("年に1回程度", "About once a year")),
        new(new("頻繁", "Frequent"), new("月に1回程度", "About once a month")),
        new(new("常時", "Constant"), new("週に1回以上、または既に起きている", "Once a week or more often, or happening already")),
    ];

    public static IReadOnlyList<ScaleLevel> Impact { get; } =
    [
        new(new("軽微", "Minor"), new("担当者の手直しで済み、業務に支障がない", "Mended by those concerned; work is not affected")),
        new(new("小", "Small"), new("部門内の業務が一時的に滞る", "Work within a department is held up for a while")),
        new(new("中", "Moderate"), new("複数の部門の業務が滞る、または取引先への説明が必要になる", "Work of several departments is held up, or customers have to be told")),
        new(new("大", "Large"), new("顧客への影響、契約違反、または個人データの漏えい等の報告義務が生じる", "Customers are affected, a contract is broken, or a breach of personal data has to be reported")),
        new(new("重大", "Severe"), new("事業の継続や会社の信用に回復しがたい損害が生じる", "The business or its reputation suffers damage that is hard to repair")),
    ];

    public static IReadOnlyList<RiskBand> Bands { get; } =
    [
        new("low", new("低", "Low"), "#2e7d32", 1),
        new("moderate", new("中", "Moderate"), "#f9a825", 7),
        new("high", new("高", "High"), "#ef6c00", 10),
        new("critical", new("極めて高い", "Critical"), "#c62828", 16),
    ];

    public static IReadOnlyList<AcceptanceRight> AcceptanceRights { get; } =
    [
        new(RiskApprover.RiskOwner, 6),
        new(RiskApprover.DepartmentLead, 9),
        new(RiskApprover.IsmsManager, 15),
        new(RiskApprover.TopManagement),
    ];
}
