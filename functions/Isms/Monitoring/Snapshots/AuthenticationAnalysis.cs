using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Who can be asked for a second factor, which methods are permitted, and what a wrong password leads to (A.5.17, A.8.5).</summary>
public sealed class AuthenticationAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/reports/authenticationMethods/userRegistrationDetails</c>.</summary>
    public const string Registrations = "registrations";

    /// <summary>The policy of authentication methods.</summary>
    public const string MethodsPolicy = "methods-policy";

    /// <summary>Rows of <c>/groupSettings</c>, among them the rules for passwords.</summary>
    public const string Settings = "settings";

    /// <summary>Rows of <c>/domains</c>.</summary>
    public const string Domains = "domains";

    private const string PasswordRules = "5cf42378-d67d-4f36-ba46-e8b86229381d";
    private static readonly HashSet<string> Weak = new(StringComparer.Ordinal) { "mobilePhone", "alternateMobilePhone", "officePhone", "email", "securityQuestion" };

    private readonly Tally people = new();
    private readonly Tally methods = new();
    private readonly List<Finding> findings = [];
    private decimal? threshold;
    private decimal? duration;

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        switch (kind)
        {
            case Registrations:
                AddPerson(row);
                break;
            case MethodsPolicy:
                AddMethods(row);
                break;
            case Settings when JsonRow.Text(row, "templateId") == PasswordRules:
                AddPasswordRules(row);
                break;
            default:
                break; // Kept as evidence; nothing is concluded from it.
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        // A tenant that never changed them has no row of settings: then the service's own apply.
        var rulesKnown = context.Knows(Settings);
        decimal? counted(string name) => context.Knows(Registrations) ? people[name] : null;
        return new SnapshotResult(
            [
                new Figure("mfa-capable", counted("capable"), counted("people")),
                new Figure("administrators-mfa-capable", counted("administrators-capable"), counted("administrators")),
                new Figure("passwordless-capable", counted("passwordless"), counted("people")),
                new Figure("guests-mfa-capable", counted("guests-capable"), counted("guests")),
                new Figure("lockout-threshold", rulesKnown ? threshold ?? 10 : null),
                new Figure("lockout-seconds", rulesKnown ? duration ?? 60 : null),
            ],
            [methods.Largest("by-registered-method")],
            Finding.Ordered(findings));
    }

    private void AddPerson(JsonElement row)
    {
        var isGuest = JsonRow.Text(row, "userType") == "guest";
        var isAdministrator = JsonRow.IsTrue(row, "isAdmin");
        var isCapable = JsonRow.IsTrue(row, "isMfaCapable");
        var registered = JsonRow.Texts(row, "methodsRegistered").ToList();
        people.Add(isGuest ? "guests" : "people");
        people.Add(isAdministrator ? "administrators" : "others");
        if (isCapable)
        {
            people.Add(isGuest ? "guests-capable" : "capable");
            people.Add(isAdministrator ? "administrators-capable" : "others-capable");
        }

        if (JsonRow.IsTrue(row, "isPasswordlessCapable") && !isGuest)
        {
            people.Add("passwordless");
        }

        foreach (var method in registered)
        {
            methods.Add(method);
        }

        if (!isCapable)
        {
            findings.Add(About(isAdministrator ? "administrator-without-mfa" : isGuest ? "guest-without-mfa" : "account-without-mfa", row, ""));
        }
        else if (registered.Count > 0 && registered.All(Weak.Contains))
        {
            findings.Add(About("weak-second-factor", row, string.Join(", ", registered)));
        }
    }

    private void AddMethods(JsonElement row)
    {
        var forbidden = new HashSet<string>(context.Policy.ForbiddenAuthenticationMethods, StringComparer.OrdinalIgnoreCase);
        findings.AddRange(
            from method in JsonRow.List(row, "authenticationMethodConfigurations")
            let id = JsonRow.Text(method, "id")
            where JsonRow.Text(method, "state") == "enabled" && forbidden.Contains(id)
            select new Finding("forbidden-method-permitted", id, id, "enabled"));
    }

    private void AddPasswordRules(JsonElement row)
    {
        var rules = JsonRow.List(row, "values").ToDictionary(v => JsonRow.Text(v, "name"), v => JsonRow.Text(v, "value"), StringComparer.Ordinal);
        decimal? number(string name) => rules.TryGetValue(name, out var text) && decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        (threshold, duration) = (number("LockoutThreshold"), number("LockoutDurationInSeconds"));
        void Note(bool applies, string code, string detail)
        {
            if (applies)
            {
                findings.Add(new Finding(code, JsonRow.Text(row, "id"), JsonRow.Text(row, "displayName"), detail));
            }
        }

        Note(threshold > context.Policy.MaximumLockoutThreshold, "lockout-too-late", string.Create(CultureInfo.InvariantCulture, $"{threshold} > {context.Policy.MaximumLockoutThreshold}"));
        Note(duration < context.Policy.MinimumLockoutSeconds, "lockout-too-short", string.Create(CultureInfo.InvariantCulture, $"{duration} s < {context.Policy.MinimumLockoutSeconds} s"));
        Note(rules.GetValueOrDefault("EnableBannedPasswordCheck") == "False", "banned-passwords-not-checked", "EnableBannedPasswordCheck = False");
    }

    private static Finding About(string code, JsonElement row, string detail) => new(code, JsonRow.Text(row, "id"), JsonRow.Text(row, "userPrincipalName"), detail);
}
