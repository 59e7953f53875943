using Isms.Text;

namespace Isms.Incidents;

/// <summary>Why a case has to be reported, or why not.</summary>
public enum DutyReason
{
    /// <summary>Sensitive personal data (Enforcement Rules, article 7 i).</summary>
    Sensitive,

    /// <summary>Property may be damaged (article 7 ii).</summary>
    PropertyDamage,

    /// <summary>It may have been done for an unjust purpose (article 7 iii).</summary>
    UnjustPurpose,

    /// <summary>More than 1,000 persons (article 7 iv).</summary>
    ManyPersons,

    /// <summary>No personal data is involved.</summary>
    NoPersonalData,

    /// <summary>Nothing happened: a near miss.</summary>
    NearMiss,

    /// <summary>The data were highly encrypted (article 7 i, in parentheses).</summary>
    Encrypted,

    /// <summary>All data were recovered before a third party saw them: no leak (guideline 3-5-1-2).</summary>
    RecoveredUnseen,

    /// <summary>The party that entrusted the data has been notified (Act, article 26 (1), proviso).</summary>
    EntrustorNotified,

    /// <summary>None of the cases of article 7.</summary>
    NoSuchCase,
}

/// <summary>
/// Whether a case has to be reported to the Personal Information Protection Commission and notified to the persons concerned (個人情報の保護に関する法律 第26条;
/// 施行規則 第7条). In the cases i–iii one person's data are enough; a suspicion counts like the fact.
/// </summary>
/// <param name="IsDue">Whether it has to be.</param>
/// <param name="IsExtended">Whether the final report has 60 days instead of 30 (施行規則 第8条第2項: case iii, alone or with others).</param>
/// <param name="Reasons">Why, or why not.</param>
public sealed record ReportDuty(bool IsDue, bool IsExtended, IReadOnlyList<DutyReason> Reasons)
{
    private const int ManyPersons = 1_000;

    /// <summary>The duty that follows from the facts.</summary>
    public static ReportDuty Of(IncidentNature nature, PersonalDataFacts? facts)
    {
        if (Exemption(nature, facts) is { } exempt)
        {
            return new ReportDuty(false, false, [exempt]);
        }

        var reasons = new List<DutyReason>();
        AddIf(facts!.Sensitive, DutyReason.Sensitive);
        AddIf(facts.PropertyDamageFeared, DutyReason.PropertyDamage);
        AddIf(facts.UnjustPurposeSuspected, DutyReason.UnjustPurpose);
        AddIf(facts.Persons > ManyPersons, DutyReason.ManyPersons);
        return reasons.Count > 0
            ? new ReportDuty(true, facts.UnjustPurposeSuspected, reasons)
            : new ReportDuty(false, false, [DutyReason.NoSuchCase]);

        void AddIf(bool condition, DutyReason reason)
        {
            if (condition)
            {
                reasons.Add(reason);
            }
        }
    }

    /// <summary>What a reason is called.</summary>
    public static LocalizedText NameOf(DutyReason reason) => Texts.Get("incident.duty." + reason);

    private static DutyReason? Exemption(IncidentNature nature, PersonalDataFacts? facts) => facts switch
    {
        null or { Persons: 0 } => DutyReason.NoPersonalData,
        _ when nature == IncidentNature.NearMiss => DutyReason.NearMiss,
        { HighlyEncrypted: true } => DutyReason.Encrypted,
        { RecoveredUnseen: true } => DutyReason.RecoveredUnseen,
        { EntrustorNotified: true } => DutyReason.EntrustorNotified,
        _ => null,
    };
}
