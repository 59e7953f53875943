using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Monitoring;

/// <summary>A snapshot to be taken.</summary>
/// <param name="At">The moment it is dated.</param>
/// <param name="Item">The item it becomes, begun.</param>
/// <param name="FiscalYear">The item's fiscal year.</param>
/// <param name="Previous">The snapshot it is compared with.</param>
public sealed record SnapshotTask(DateTimeOffset At, EvidenceRecording Item, string FiscalYear, CollectedWindow? Previous);

/// <summary>Asks for a snapshot to begin.</summary>
public sealed record BeginAccessRightsInput(string InstanceId, DateTimeOffset At);

/// <summary>Asks for a part of the raw rows.</summary>
public sealed record PullSnapshotInput(SnapshotTask Snapshot, bool Final)
{
    /// <summary>Files that an earlier attempt has written, without extension.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];
}

/// <summary>Asks for the snapshot's item.</summary>
public sealed record RecordAccessRightsInput(string InstanceId, SnapshotTask Snapshot);

/// <summary>Pulls and records snapshots of who may do what.</summary>
public sealed class AccessRightsActivities(
    CollectorRuns runs, EvidenceStore evidence, EvidenceBlobs blobs, EvidencePull pull, GraphRequests requests, OrganizationStore organizations,
    TimeProvider clock)
{
    /// <summary>The file with the object ids of accounts that hold or may activate a directory role.</summary>
    public const string AdministratorsFile = "administrators.json";

    private const string RightsFile = "rights";
    private const string UserFields = "id,displayName,userPrincipalName,accountEnabled,userType,createdDateTime,department,jobTitle,externalUserState";
    private static readonly string Name = CollectorCatalogue.AccessRights.Name;

    /// <summary>Begins the item.</summary>
    [Function(nameof(BeginAccessRights))]
    public async Task<SnapshotTask> BeginAccessRights([ActivityTrigger] BeginAccessRightsInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var organization = await organizations.GetAsync(cancellationToken);
        var at = input.At.AddTicks(-(input.At.Ticks % TimeSpan.TicksPerSecond));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var year = FiscalYear.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime), organization.FiscalYearStartMonth);
        var item = await evidence.BeginAsync(EvidenceIds.OfWindow(Name, at, at), year.Id, EvidenceType.Operation, cancellationToken);
        var state = await runs.FindAsync(Name, cancellationToken);
        return new SnapshotTask(at, item, year.Id, state.Collected.LastOrDefault(w => w.From < at));
    }

    /// <summary>Pulls users, groups and their members.</summary>
    [Function(nameof(PullDirectory))]
    public Task<PullOutcome> PullDirectory([ActivityTrigger] PullSnapshotInput input, CancellationToken cancellationToken)
    {
        var work = BeginPull(input);
        var rich = new GraphCollection("v1.0", $"/users?$select={UserFields},signInActivity&$top=500", PacingScope.SignInActivity);
        var poor = new GraphCollection("v1.0", $"/users?$select={UserFields}&$top=999", PacingScope.Directory);
        return work.EndAsync(
            work.PullRichOrPoorAsync(AccessRightsFiles.Users, rich, poor, "signInActivity", cancellationToken),
            work.PullWithChildrenAsync(
                AccessRightsFiles.Groups, "/groups?$select=id,displayName,groupTypes,securityEnabled,mailEnabled,isAssignableToRole,membershipRule&$top=999",
                [(AccessRightsFiles.GroupMembers, "/groups/{0}/members?$select=id,displayName&$top=999")], cancellationToken));
    }

    /// <summary>Pulls directory roles: what they are, who holds them, who may activate them.</summary>
    [Function(nameof(PullRoles))]
    public Task<PullOutcome> PullRoles([ActivityTrigger] PullSnapshotInput input, CancellationToken cancellationToken)
    {
        var work = BeginPull(input);
        return work.EndAsync(
            work.PullAsync(AccessRightsFiles.RoleDefinitions, "/roleManagement/directory/roleDefinitions", cancellationToken),
            work.PullAsync(AccessRightsFiles.RoleAssignments, "/roleManagement/directory/roleAssignments", cancellationToken),
            work.PullAsync(AccessRightsFiles.ActiveInstances, "/roleManagement/directory/roleAssignmentScheduleInstances", cancellationToken),
            work.PullAsync(AccessRightsFiles.EligibleRoles, "/roleManagement/directory/roleEligibilityScheduleInstances", cancellationToken));
    }

    /// <summary>Pulls applications: their owners, the permissions they hold, and the consents given to them.</summary>
    [Function(nameof(PullApplications))]
    public Task<PullOutcome> PullApplications([ActivityTrigger] PullSnapshotInput input, CancellationToken cancellationToken)
    {
        var work = BeginPull(input);
        return work.EndAsync(
            work.PullWithChildrenAsync(
                AccessRightsFiles.ServicePrincipals,
                "/servicePrincipals?$select=id,appId,displayName,accountEnabled,servicePrincipalType,appOwnerOrganizationId,appRoles,tags&$top=999",
                [
                    (AccessRightsFiles.AppRoleAssignments, "/servicePrincipals/{0}/appRoleAssignedTo?$top=999"),
                    (AccessRightsFiles.ServicePrincipalOwners, "/servicePrincipals/{0}/owners?$select=id,displayName&$top=999"),
                ],
                cancellationToken),
            work.PullAsync(AccessRightsFiles.DelegatedGrants, "/oauth2PermissionGrants?$top=999", cancellationToken));
    }

    /// <summary>Draws the access rights sheet, compares it with the last one, and completes the item.</summary>
    [Function(nameof(RecordAccessRights))]
    public async Task RecordAccessRights([ActivityTrigger] RecordAccessRightsInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var task = input.Snapshot;
        var organization = await organizations.GetAsync(cancellationToken);
        var (snapshot, pulled) = await ReadSnapshotAsync(task, cancellationToken);
        var facts = pulled.Select(p => PullFacts.Read(p.File, p.Name["rows.".Length..], null)).ToArray();
        var gaps = facts.Select(f => f.Gap).OfType<Gap>().ToArray();
        var analysis = new AccessRightsAnalysis(snapshot, organization.Policy, task.At);
        var findings = analysis.Findings();
        var difference = await CompareAsync(task, analysis.Rights(), gaps.Length > 0, cancellationToken);
        var rights = await WriteRightsAsync(task, analysis.Rights(), cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var local = TimeZoneInfo.ConvertTime(task.At, zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var draft = new EvidenceDraft
        {
            Id = task.Item.Id,
            FiscalYear = task.FiscalYear,
            Type = EvidenceType.Operation,
            Title = Texts.Get($"collector.{Name}.item", local),
            Clauses = ["8.1", "9.1"],
            Controls = ["5.15", "5.18", "8.2"],
            Period = new Period(task.At, task.At),
            Record = "access-rights-sheet",
            Source = new EvidenceSource { Graph = new GraphSource(Name, [.. facts.Select(f => f.Query)]) },
            Completeness = gaps.Length == 0 ? Completeness.Complete : Completeness.Partial(gaps),
            CreatedBy = "system",
        };
        EvidenceContent[] made =
        [
            new("summary.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(analysis.Summary(difference, findings), Json.Options)),
            new("exceptions.csv", "text/csv; charset=utf-8", Finding.ToCsv(findings)),
            new("diff.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(difference, Json.Options)),
            new(AdministratorsFile, "application/json", JsonSerializer.SerializeToUtf8Bytes(analysis.Administrators(), Json.Options)),
        ];
        var item = await evidence.CompleteAsync(task.Item, draft, [.. pulled.Select(p => p.File.File), rights], made, cancellationToken);
        var collected = new CollectedWindow(
            task.At, task.At, item.Id, task.Item.Folder, 0, [.. item.Completeness.Gaps.Select(g => g.Reason).Distinct(StringComparer.Ordinal)]);
        await runs.UpdateAsync(
            Name, s => CollectorRules.End(CollectorRules.Record(s, collected), input.InstanceId, clock.GetUtcNow(), null), cancellationToken);
    }

    private SnapshotPull BeginPull(PullSnapshotInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new SnapshotPull(pull, blobs, input, requests.NewPatience);
    }

    private async Task<(AccessRightsSnapshot Snapshot, IReadOnlyList<(string Name, StoredFile File)> Pulled)> ReadSnapshotAsync(
        SnapshotTask task, CancellationToken cancellationToken)
    {
        // All are opened at once, since opening is most of the time it takes, and read one after the other.
        var opening = AccessRightsFiles.All.Select(f => blobs.OpenFileAsync(task.Item.Folder, EvidencePull.PathOf(f), cancellationToken)).ToArray();
        var files = (await Task.WhenAll(opening)).Zip(AccessRightsFiles.All, (file, name) => (Name: name, File: file ?? throw new FileNotFoundException(name))).ToArray();
        var withGaps = files.Where(f => PullFacts.HasGap(f.File.Stored)).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var snapshot = new AccessRightsSnapshot
        {
            KnowsOwners = !withGaps.Contains(AccessRightsFiles.ServicePrincipalOwners) && !withGaps.Contains(AccessRightsFiles.ServicePrincipals),
            KnowsSignInActivity = !withGaps.Contains(AccessRightsFiles.Users),
        };
        foreach (var (name, file) in files)
        {
            await using (file)
            {
                await RowLines.ReadAsync(file.Content, row => snapshot.Add(name, row), cancellationToken);
            }
        }

        return (snapshot, [.. files.Select(f => (f.Name, f.File.Stored))]);
    }

    /// <summary>A kind of right that one of the two snapshots could not read is left out: it would look lost or gained as a whole.</summary>
    private async Task<RightsDifference> CompareAsync(SnapshotTask task, IReadOnlyList<Right> rights, bool hasGaps, CancellationToken cancellationToken)
    {
        if (task.Previous is not { } previous
            || await blobs.OpenFileAsync(previous.Folder, EvidencePull.PathOf(RightsFile), cancellationToken) is not { } file)
        {
            return RightsDifference.Between(null, [], rights);
        }

        var before = new List<Right>();
        await using (file)
        {
            await RowLines.ReadAsync(file.Content, line => before.Add(JsonSerializer.Deserialize<Right>(line.Span, Json.Options)!), cancellationToken);
        }

        if (!hasGaps && previous.Gaps.Count == 0)
        {
            return RightsDifference.Between(previous.EvidenceId, before, rights);
        }

        var known = before.Select(r => r.Kind).Intersect(rights.Select(r => r.Kind)).ToHashSet(StringComparer.Ordinal);
        return RightsDifference.Between(previous.EvidenceId, before.Where(r => known.Contains(r.Kind)), [.. rights.Where(r => known.Contains(r.Kind))]);
    }

    private async Task<EvidenceFile> WriteRightsAsync(SnapshotTask task, IReadOnlyList<Right> rights, CancellationToken cancellationToken)
    {
        await using var writer = evidence.CreateFile(task.Item, EvidencePull.PathOf(RightsFile), EvidencePull.RowsMediaType);
        foreach (var right in rights)
        {
            await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(right, Json.Options), cancellationToken);
            await writer.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }

        return (await writer.CommitAsync(new Dictionary<string, string>(), cancellationToken)).File;
    }
}
