using System.Globalization;

namespace Isms.Registers;

/// <summary>A course's coverage is the share of those it is for who attended; more cannot attend than it is for, nor pass than attended.</summary>
public sealed class CourseRule : IRegisterRule
{
    /// <inheritdoc/>
    public string Register => "courses";

    /// <inheritdoc/>
    public RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(after);
        var (target, attended, passed) = (Number("targetCount"), Number("attendedCount"), Number("passedCount"));
        var coverage = target > 0 && attended is { } came ? Math.Round(came * 100 / target.Value, 1, MidpointRounding.AwayFromZero) : (decimal?)null;
        FieldError?[] broken = [AttendanceCannotExceedTheAudience(attended, target), PassesCannotExceedAttendance(passed, attended)];
        var computed = new Dictionary<string, string> { ["coverage"] = coverage?.ToString("0.#", CultureInfo.InvariantCulture) ?? "" };
        return new RuleResult(computed, [.. broken.OfType<FieldError>()]);

        decimal? Number(string field) => decimal.TryParse(after.GetValueOrDefault(field), CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static FieldError? AttendanceCannotExceedTheAudience(decimal? attended, decimal? target) =>
        attended > target ? FieldError.Of("course-more-attended-than-expected", "attendedCount", Text(attended), attended, target) : null;

    private static FieldError? PassesCannotExceedAttendance(decimal? passed, decimal? attended) =>
        passed > attended ? FieldError.Of("course-more-passed-than-attended", "passedCount", Text(passed), passed, attended) : null;

    private static string Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
