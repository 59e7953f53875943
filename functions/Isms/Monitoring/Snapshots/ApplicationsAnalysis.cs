using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Secrets and certificates that end or never do, applications without an owner, and what they ask for (A.5.17, A.5.23).</summary>
public sealed class ApplicationsAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/applications</c>.</summary>
    public const string Applications = "applications";

    /// <summary>Rows of <c>/applications/{id}/owners</c>, each with its application.</summary>
    public const string Owners = "application-owners";

    /// <summary>Rows of <c>/servicePrincipals</c>.</summary>
    public const string ServicePrincipals = "service-principals";

    /// <summary>The tenant whose applications come with the service.</summary>
    private const string Microsoft = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> owned = new(StringComparer.Ordinal);
    private readonly HashSet<string> own = new(StringComparer.Ordinal);
    private readonly List<(string Owner, string Id, string Name)> principals = [];
    private readonly Tally credentials = new();
    private readonly List<Finding> findings = [];

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        switch (kind)
        {
            case Applications:
                names[JsonRow.Text(row, "id")] = JsonRow.Text(row, "displayName");
                own.Add(JsonRow.Text(row, "appId"));
                JudgeCredentials(row);
                if (JsonRow.Text(row, "signInAudience") is var audience and not ("AzureADMyOrg" or ""))
                {
                    findings.Add(About("application-open-to-others", row, audience));
                }

                break;
            case Owners:
                owned.Add(JsonRow.Parent(row));
                break;
            case ServicePrincipals:
                AddPrincipal(row);
                break;
            default:
                break; // Kept as evidence; nothing is concluded from it.
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        var ownerless = context.Knows(Owners) && context.Knows(Applications) ? names.Where(n => !owned.Contains(n.Key)).ToList() : null;
        findings.AddRange((ownerless ?? []).Select(a => new Finding("application-without-owner", a.Key, a.Value, "")));
        return new SnapshotResult(
            [
                new Figure("registered-applications", names.Count),
                new Figure("applications-without-owner", ownerless?.Count, names.Count),
                new Figure("third-party-applications", principals.Count),
                new Figure("credentials", credentials["all"]),
                new Figure("credentials-expired", credentials["expired"], credentials["all"]),
                new Figure("credentials-ending", credentials["ending"], credentials["all"]),
            ],
            [credentials.In("by-credential-end", "expired", "ending", "within-a-year", "later")],
            Finding.Ordered(findings));
    }

    private void AddPrincipal(JsonElement row)
    {
        var owner = JsonRow.Text(row, "appOwnerOrganizationId");
        if (!own.Contains(JsonRow.Text(row, "appId")))
        {
            JudgeCredentials(row);
            if (owner.Length > 0 && owner != Microsoft && JsonRow.Text(row, "servicePrincipalType") == "Application")
            {
                principals.Add((owner, JsonRow.Text(row, "id"), JsonRow.Text(row, "displayName")));
            }
        }
    }

    private void JudgeCredentials(JsonElement row)
    {
        // The service rolls the certificates of managed identities itself.
        if (JsonRow.Text(row, "servicePrincipalType") == "ManagedIdentity")
        {
            return;
        }

        foreach (var list in (string[])["passwordCredentials", "keyCredentials"])
        {
            foreach (var credential in JsonRow.List(row, list))
            {
                JudgeCredential(row, credential, list == "passwordCredentials" ? "secret" : "certificate");
            }
        }
    }

    private void JudgeCredential(JsonElement row, JsonElement credential, string type)
    {
        credentials.Add("all");
        if (JsonRow.Time(credential, "endDateTime") is not { } end)
        {
            return;
        }

        var left = (end - context.At).TotalDays;
        credentials.Add(left < 0 ? "expired" : left <= context.Policy.CredentialRenewalDays ? "ending" : left <= 365 ? "within-a-year" : "later");
        var name = JsonRow.Text(credential, "displayName") is { Length: > 0 } given ? given : JsonRow.Text(credential, "keyId");
        var detail = string.Create(CultureInfo.InvariantCulture, $"{type} {name} ({end.UtcDateTime:yyyy-MM-dd})");
        if (left < 0)
        {
            findings.Add(About("credential-expired", row, detail));
        }
        else if (left <= context.Policy.CredentialRenewalDays)
        {
            findings.Add(About("credential-ending", row, detail));
        }

        var valid = JsonRow.Time(credential, "startDateTime") is { } start ? (end - start).TotalDays : 0;
        if (valid > context.Policy.MaximumCredentialDays + 1)
        {
            findings.Add(About("credential-valid-too-long", row, string.Create(CultureInfo.InvariantCulture, $"{detail}, {(int)valid} d")));
        }
    }

    private static Finding About(string code, JsonElement row, string detail) => new(code, JsonRow.Text(row, "id"), JsonRow.Text(row, "displayName"), detail);
}
