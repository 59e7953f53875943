using System.Globalization;
using System.Text;

namespace Microsoft.DurableTask.Local;

/// <summary>Instance ids as partition keys and blob folders, neither of which takes every character.</summary>
internal static class PartitionKeys
{
    public static string Of(string instanceId)
    {
        if (!instanceId.Any(NeedsEscape))
        {
            return instanceId;
        }

        var key = new StringBuilder();
        foreach (var character in instanceId)
        {
            if (NeedsEscape(character))
            {
                key.Append(CultureInfo.InvariantCulture, $"%{(int)character:x4}");
            }
            else
            {
                key.Append(character);
            }
        }

        return key.ToString();
    }

    private static bool NeedsEscape(char character) => character is '/' or '\\' or '#' or '?' or '%' || char.IsControl(character);
}
