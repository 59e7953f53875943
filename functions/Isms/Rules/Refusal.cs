using Isms.Text;

namespace Isms.Rules;

/// <summary>Why something was refused, in the terms of HTTP that the edge translates it to (RFC 9110).</summary>
public enum RefusalKind
{
    /// <summary>The input is malformed or breaks a rule of its own (400).</summary>
    InvalidInput,

    /// <summary>It is not known who is asking (401).</summary>
    NotSignedIn,

    /// <summary>The person may not do this (403).</summary>
    NotAllowed,

    /// <summary>There is no such thing (404).</summary>
    NotFound,

    /// <summary>The thing's present state does not permit it (409).</summary>
    IllegalState,

    /// <summary>Someone else changed it since it was read (412).</summary>
    Stale,

    /// <summary>The request does not say which version it changes (428).</summary>
    VersionMissing,

    /// <summary>The input is well formed, but a rule of the management system forbids it (422).</summary>
    RuleBroken,

    /// <summary>The range asked for lies beyond the file (416).</summary>
    RangeNotSatisfiable,

    /// <summary>The person asks for too much at a time (429).</summary>
    TooMany,

    /// <summary>The app itself failed (500).</summary>
    Failed,
}

/// <summary>
/// A refusal that tells its reader what to do: <paramref name="Title"/> says what is wrong, <paramref name="Remedy"/> what to do about it.
/// </summary>
/// <param name="Kind">The kind, which decides the HTTP status.</param>
/// <param name="Code">A stable, machine-readable name in kebab case, such as <c>auditor-audits-own-department</c>.</param>
/// <param name="Title">What is wrong, in one sentence.</param>
/// <param name="Remedy">What the reader can do about it.</param>
/// <param name="Field">The input field at fault, as the caller spells it; null where no single one is.</param>
/// <param name="Value">The offending value, where it is safe and useful to repeat it.</param>
public sealed record Refusal(
    RefusalKind Kind, string Code, LocalizedText Title, LocalizedText Remedy, string? Field = null, string? Value = null)
{
    /// <summary>What the reader can do from here instead: command names or missing records, for the <c>possible</c> and <c>missing</c> members.</summary>
    public IReadOnlyList<string> Possible { get; init; } = [];

    /// <summary>What is missing before the request can succeed, such as required records.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Each thing that is wrong, where there are several; the refusal itself speaks of the first.</summary>
    public IReadOnlyList<Refusal> Causes { get; init; } = [];

    /// <summary>When it is worth asking again; null where waiting alone changes nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A refusal whose texts are <c>{code}.title</c> and <c>{code}.remedy</c> of <see cref="Texts"/>, both given the same arguments.</summary>
    public static Refusal Of(RefusalKind kind, string code, string? field = null, string? value = null, params ReadOnlySpan<object?> arguments) =>
        new(kind, code, Texts.Get(code + ".title", arguments), Texts.Get(code + ".remedy", arguments), field, value);
}

/// <summary>What a decision came to: a value, or the refusal.</summary>
public sealed class Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    /// <summary>Why it was refused; null when it was not.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value.</summary>
    /// <exception cref="RefusedException">It was refused.</exception>
    public T Value => Refusal is null ? value! : throw new RefusedException(Refusal);

    /// <summary>An accepted value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>Carries a <see cref="Rules.Refusal"/> to the edge, where it becomes a problem-details answer.</summary>
public sealed class RefusedException(Refusal refusal) : Exception($"{refusal.Code}: {refusal.Title.En}")
{
    /// <summary>The refusal.</summary>
    public Refusal Refusal { get; } = refusal;
}
