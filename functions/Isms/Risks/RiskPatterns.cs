using System.Reflection;
using System.Text.Json;
using Isms.Text;

namespace Isms.Risks;

/// <summary>A kind of risk that findings and exceptions point at.</summary>
/// <param name="Id">Short stable id.</param>
/// <param name="Controls">Controls whose failure leads to it.</param>
/// <param name="Exceptions">Codes of monitoring exceptions that show it.</param>
/// <param name="Likelihood">How likely it is on a scale of five before anything is known.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Threat">Who or what does harm (脅威).</param>
/// <param name="Vulnerability">What lets it happen (脆弱性).</param>
/// <param name="OfControls">Whether findings about its controls point at it; the others speak of one thing that monitoring sees.</param>
public sealed record RiskPattern(
    string Id,
    IReadOnlyList<string> Controls,
    IReadOnlyList<string> Exceptions,
    int Likelihood,
    LocalizedText Title,
    LocalizedText Threat,
    LocalizedText Vulnerability,
    bool OfControls = false);

/// <summary>The kinds of risk that the app knows to suggest.</summary>
public static class RiskPatterns
{
    /// <summary>The pattern of findings that concern no control, only a clause.</summary>
    private const string General = "rules-not-followed";

    /// <summary>All patterns; the ones that monitoring points at come first.</summary>
    public static IReadOnlyList<RiskPattern> All { get; } = Load();

    /// <summary>The pattern that a monitoring exception points at; null where it is no risk in itself, such as an administrator's sign-in.</summary>
    public static RiskPattern? OfException(string code) => All.FirstOrDefault(p => p.Exceptions.Contains(code));

    /// <summary>The pattern that a failed control, or for null a failed clause, points at.</summary>
    public static RiskPattern OfControl(string? control) =>
        All.FirstOrDefault(p => p.OfControls && control is not null && p.Controls.Contains(control)) ?? All.First(p => p.Id == General);

    private static RiskPattern[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(".risk-patterns.data.json", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<RiskPattern[]>(stream, JsonSerializerOptions.Web)!;
    }
}
