using SampleTenant.OData;

namespace SampleTenant.Logs;

/// <summary>Sign-ins of the kinds that a request asks for.</summary>
internal sealed class SignInSource(TenantModel model, IReadOnlyList<SignInKind> kinds, LogVisibility visibility, bool isBeta)
    : LogSource([.. kinds.Select(kind => model.SignInFeeds[(int)kind])], visibility, "createdDateTime")
{
    private readonly SignInRows rows = new(model);

    /// <summary>The kinds that a filter asks for: without a word about it, interactive ones.</summary>
    public static IReadOnlyList<SignInKind> KindsOf(FilterNode? filter)
    {
        var asked = (filter?.Conjuncts() ?? []).Select(AskedBy).FirstOrDefault(kinds => kinds is not null);
        return asked is null ? [SignInKind.InteractiveUser] : [.. asked.Distinct().Order()];
    }

    protected override FilterNode? Absorb(FilterNode? filter)
    {
        var rest = filter?.Conjuncts().Where(condition => AskedBy(condition) is null).ToList();
        return !isBeta ? filter : rest is null or [] ? null : rest.Aggregate((all, next) => new FilterNode.And(all, next));
    }

    protected override void Write(System.Text.Json.Utf8JsonWriter writer, LogEntry entry, Sources.RowContext context) => rows.Write(writer, new SignIn(entry), context);

    private static List<SignInKind>? AskedBy(FilterNode condition) =>
        condition is FilterNode.Any { Path.Segments: ["signInEventTypes"], Condition: { } inner } ? KindsWithin(inner) : condition is FilterNode.Or or ? Both(or) : null;

    private static List<SignInKind>? Both(FilterNode.Or or) =>
        AskedBy(or.Left) is { } left && AskedBy(or.Right) is { } right ? [.. left, .. right] : null;

    private static List<SignInKind> KindsWithin(FilterNode condition) => condition switch
    {
        FilterNode.Or or => [.. KindsWithin(or.Left), .. KindsWithin(or.Right)],
        FilterNode.Compare { Operator: "eq", Path.Segments: [], Value.Text: { } name } when Enum.TryParse<SignInKind>(name, ignoreCase: true, out var kind) => [kind],
        _ => throw GraphException.BadRequest("Invalid filter clause: signInEventTypes only supports any with eq."),
    };
}
