using Isms.Registers;
using Isms.Rules;

namespace IsmsFunctions.Registers;

/// <summary>What is wrong with entries, as answers to requests.</summary>
internal static class RegisterRefusals
{
    private const int MostCauses = 100;
    private static readonly string[] MalformedBeginnings = ["value-", "field-", "id-", "entry-", "column-", "row-", "cell-", "computed-"];

    /// <summary>All errors as one refusal; it speaks of the first, and lists the others as well.</summary>
    public static Refusal Of(IReadOnlyList<FieldError> errors)
    {
        var causes = errors.Take(MostCauses).Select(Of).ToList();
        return causes.Count == 1 ? causes[0] : causes[0] with { Causes = causes };
    }

    /// <summary>There is no such register.</summary>
    public static Refusal UnknownRegister(string name, IEnumerable<string> registers) =>
        Refusal.Of(RefusalKind.NotFound, "register-unknown", "name", name, name, string.Join(", ", registers));

    /// <summary>There is no such entry.</summary>
    public static Refusal UnknownEntry(string id) => Refusal.Of(RefusalKind.NotFound, "register-entry-unknown", "id", id, id);

    private static Refusal Of(FieldError error) =>
        new(KindOf(error.Code), error.Code, error.Title, error.Remedy, error.Field == "id" ? "id" : "values." + error.Field, error.Value);

    private static RefusalKind KindOf(string code) => code switch
    {
        RegisterDecisions.Outdated => RefusalKind.Stale,
        RegisterDecisions.InUse or RegisterDecisions.Exists or RegisterDecisions.Unknown => RefusalKind.IllegalState,
        _ when MalformedBeginnings.Any(b => code.StartsWith(b, StringComparison.Ordinal)) => RefusalKind.InvalidInput,
        _ => RefusalKind.RuleBroken,
    };
}
