using System.Globalization;
using System.Text;
using System.Text.Json;
using Isms.Text;

namespace Isms.Registers;

/// <summary>Reads how people write decisions in their statements of applicability, and says what states are called.</summary>
public static class StatementTexts
{
    private static readonly FieldDefinition State = RegisterCatalogue.Find(ControlFields.Register)!.Find(ControlFields.Implementation)!;

    /// <summary>The canonical value of a state; empty for one that is not stated.</summary>
    public static string ValueOf(ControlImplementation state) =>
        state == ControlImplementation.Unknown ? "" : char.ToLowerInvariant(state.ToString()[0]) + state.ToString()[1..];

    /// <summary>What a state is called.</summary>
    public static LocalizedText TitleOf(ControlImplementation state) =>
        State.Choices.FirstOrDefault(c => c.Value == ValueOf(state))?.Title ?? Texts.Get("statement-state.unknown");

    /// <summary>What a gap is, in words.</summary>
    public static LocalizedText TitleOf(StatementGap gap) => Texts.Get("statement-gap." + JsonNamingPolicy.KebabCaseLower.ConvertName(gap.ToString()));

    /// <summary>Reads whether a control applies; null with <paramref name="understood"/> for an empty cell, without it for one that cannot be read.</summary>
    public static bool? ReadApplicable(string text, out bool understood)
    {
        understood = true;
        switch (Plain(text))
        {
            case "":
                return null;
            case "true" or "yes" or "y" or "1" or "applicable" or "included" or "○" or "〇" or "◯" or "●" or "適用" or "適用する" or "対象" or "有" or "はい" or "採用":
                return true;
            case "false" or "no" or "n" or "0" or "not applicable" or "excluded" or "n/a" or "×" or "-" or "適用しない" or "適用外" or "非適用" or "適用除外" or "除外" or "対象外" or "無" or "いいえ" or "不採用":
                return false;
            default:
                understood = false;
                return null;
        }
    }

    /// <summary>Reads how far a control is implemented.</summary>
    public static ControlImplementation ReadImplementation(string text, out bool understood)
    {
        understood = true;
        switch (Plain(text))
        {
            case "":
                return ControlImplementation.Unknown;
            case "implemented" or "yes" or "done" or "full" or "○" or "〇" or "◯" or "実施" or "実施済" or "実施済み" or "実施中" or "済" or "導入済" or "導入済み" or "対応済" or "対応済み":
                return ControlImplementation.Implemented;
            case "partly" or "partial" or "partially" or "partially implemented" or "partly implemented" or "in progress" or "△" or "一部実施" or "一部" or "部分的" or "一部導入" or "対応中":
                return ControlImplementation.Partly;
            case "notimplemented" or "not implemented" or "no" or "planned" or "×" or "未実施" or "未" or "未導入" or "未対応" or "計画中" or "予定":
                return ControlImplementation.NotImplemented;
            case "notapplicable" or "not applicable" or "n/a" or "-" or "該当なし" or "対象外" or "適用外" or "非適用":
                return ControlImplementation.NotApplicable;
            default:
                understood = false;
                return ControlImplementation.Unknown;
        }
    }

    // Full-width letters become narrow ones; the signs that Japanese statements use for yes and no are left as they are.
    private static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Normalize(NormalizationForm.FormKC).Trim().ToLower(CultureInfo.InvariantCulture);
    }
}
