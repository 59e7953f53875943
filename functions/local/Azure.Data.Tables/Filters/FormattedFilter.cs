using System.Globalization;

namespace Azure.Data.Tables.Filters;

/// <summary>Filters from interpolated text.</summary>
internal static class FormattedFilter
{
    public static string? Create(FormattableString? filter)
    {
        if (filter is null)
            return null;
        var literals = new object?[filter.ArgumentCount];
        for (var i = 0; i < literals.Length; i++)
        {
            var value = filter.GetArgument(i);
            literals[i] = ODataLiteral.Of(value)
                ?? throw new ArgumentException($"Unable to convert argument {i} from type {value!.GetType()} to an OData literal.", nameof(filter));
        }
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }
}
