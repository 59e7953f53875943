using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Audits;

/// <summary>How an auditor finds out: reading, looking, asking (ISO 19011, 6.4.7).</summary>
public enum AuditMethod
{
    /// <summary>Reading documents and records (文書確認).</summary>
    Document,

    /// <summary>Looking at the place and the work (現場観察).</summary>
    Observation,

    /// <summary>Asking people (インタビュー).</summary>
    Interview,
}

/// <summary>A question of the bank; it belongs to a clause or to a control, never both.</summary>
/// <param name="Id">Its stable id, such as <c>control-5.18-1</c>.</param>
/// <param name="Clause">The clause it asks about.</param>
/// <param name="Control">The control it asks about.</param>
/// <param name="AskedOf">Whose department answers; for <see cref="Role.DepartmentLead"/> every department in scope does.</param>
/// <param name="Method">How to find out.</param>
/// <param name="Text">The question.</param>
/// <param name="Evidence">What evidence to ask for.</param>
/// <param name="Sampled">For questions to department leads: one department in scope is asked, another one the next year (ISO 19011, A.6).</param>
public sealed record BankQuestion(
    string Id, string? Clause, string? Control, Role AskedOf, AuditMethod Method, LocalizedText Text, LocalizedText Evidence, bool Sampled = false);

/// <summary>The questions that internal audits are made from: at least one for every clause and every control.</summary>
public static class QuestionBank
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>All questions, in the order of the standard.</summary>
    public static IReadOnlyList<BankQuestion> Questions { get; } = Load();

    private static readonly Dictionary<BankQuestion, int> Indexes = Questions.Select((q, index) => (q, index)).ToDictionary(q => q.q, q => q.index);

    /// <summary>The place of a question in the bank.</summary>
    public static int IndexOf(BankQuestion question) => Indexes[question];

    private static BankQuestion[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Isms.Audits.question-bank.data.json")!;
        return JsonSerializer.Deserialize<BankQuestion[]>(stream, Json)!;
    }
}
