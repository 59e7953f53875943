using System.Globalization;
using System.Text;
using System.Xml;

namespace Azure.Data.Tables.Filters;

/// <summary>Values as the service's filters write them.</summary>
internal static class ODataLiteral
{
    /// <returns>The literal, or null if there is none for the value's type.</returns>
    public static string? Of(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        char text => Quote(text.ToString()),
        StringBuilder text => Quote(text.ToString()),
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double number => Double(number),
        sbyte or byte or short or ushort or int or uint or float or decimal => Convert.ToString(value, CultureInfo.InvariantCulture),
        Guid guid => $"guid'{guid}'",
        DateTimeOffset moment => Moment(moment.UtcDateTime),
        DateTime moment => Moment(moment.ToUniversalTime()),
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData bytes => $"X'{Convert.ToHexString(bytes.ToMemory().Span)}'",
        _ => null,
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Moment(DateTime moment) => $"datetime'{XmlConvert.ToString(moment, XmlDateTimeSerializationMode.RoundtripKind)}'";

    // A double without a point would be read as an integer.
    private static string Double(double number)
    {
        var text = XmlConvert.ToString(number);
        return text.All(char.IsDigit) ? text + ".0" : text;
    }
}
