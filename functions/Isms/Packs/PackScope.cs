using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Isms.Packs;

/// <summary>Which evidence a pack holds; what is null is not asked about. At least one thing is.</summary>
/// <param name="FiscalYear">The fiscal year, such as <c>FY2026</c>.</param>
/// <param name="Audit">The instance id of an audit: what was recorded for it.</param>
/// <param name="Clause">A clause of ISO/IEC 27001:2022, such as <c>9.2</c>.</param>
/// <param name="Control">A control of Annex A, such as <c>5.18</c>.</param>
/// <param name="From">The beginning of the period that the evidence speaks of.</param>
/// <param name="To">Its end, exclusive.</param>
public sealed record PackScope(
    string? FiscalYear = null, string? Audit = null, string? Clause = null, string? Control = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Whether nothing is asked about.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == new PackScope();

    /// <summary>The scope in one line, for people and for ids.</summary>
    public override string ToString() => string.Join(" ", Parts().Where(p => p.Value is not null).Select(p => $"{p.Name}={p.Value}"));

    /// <summary>
    /// The id of the pack of this scope at a state of the ledger and the registers: asking again for what has not changed is the same pack, byte for byte.
    /// </summary>
    /// <param name="ledgerSize">How many entries the ledger has.</param>
    /// <param name="registersAsOf">The moment whose registers the pack shows.</param>
    public string IdAt(long ledgerSize, DateTimeOffset registersAsOf)
    {
        var origin = string.Create(CultureInfo.InvariantCulture, $"pack\n{this}\n{ledgerSize}\n{registersAsOf.UtcTicks}");
        return string.Create(CultureInfo.InvariantCulture, $"pack-{ledgerSize:00000000}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 8))}");
    }

    private IEnumerable<(string Name, string? Value)> Parts() =>
        [("fiscalYear", FiscalYear), ("audit", Audit), ("clause", Clause), ("control", Control), ("from", Text(From)), ("to", Text(To))];

    private static string? Text(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
