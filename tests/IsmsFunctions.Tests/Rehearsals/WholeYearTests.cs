using System.Text.Json.Nodes;
using Isms.Evidence;
using Isms.Packs;
using Isms.Year;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Packs;
using Rehearsal;

namespace IsmsFunctions.Tests.Rehearsals;

/// <summary>Whole years of an organisation of three departments and two sites, whenever its fiscal year begins.</summary>
public sealed class WholeYearTests
{
    /// <summary>What the rehearsed people never do: the next year takes it along.</summary>
    private const string NeverDone = "document-review";

    /// <summary>What the rehearsed ISMS manager waives, with a reason.</summary>
    private const string Waived = "specialist-training";

    /// <summary>The main records of a year, by the part of the management system that they show.</summary>
    private static readonly (EvidenceType Type, string[] Records)[] MainRecords =
    [
        (EvidenceType.Policy, ["information-security-policy", "objectives"]),
        (EvidenceType.Risk, ["risk-assessment-sheet", "risk-treatment-plan"]),
        (EvidenceType.Training, ["training-attendance", "training-results", "training-material"]),
        (EvidenceType.Operation, ["access-rights-sheet", "backup-record", "self-inspection", "spot-check-result"]),
        (EvidenceType.Audit, ["audit-plan", "audit-checklist", "audit-report"]),
        (EvidenceType.ManagementReview, ["review-inputs", "review-minutes", "review-decisions"]),
        (EvidenceType.Improvement, ["improvement-plan", "corrective-action-record"]),
        (EvidenceType.Incident, ["incident-record"]),
        (EvidenceType.Certification, ["certification-audit-report"]),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    public async Task Every_duty_of_the_plan_leaves_its_records_in_a_year_that_begins_in(int month)
    {
        var (summary, evidence) = await PlayAsync(month);

        var duties = summary["duties"]!.AsObject();
        foreach (var duty in PlanCatalogue.Standard.Duties.Where(d => d.Repeats != Repetition.AsNeeded))
        {
            var states = duties[duty.Id]?.AsObject() ?? throw new InvalidOperationException($"{duty.Id} has no item in the year.");
            var expected = duty.Id switch { NeverDone => "carriedOver", Waived => "waived", _ => "done" };
            Assert.True(states.ToJsonString() == $$"""{"{{expected}}":{{ItemsOf(duty)}}}""", $"{duty.Id}: {states.ToJsonString()}");
            foreach (var record in duty.Records.Where(_ => expected == "done"))
            {
                Assert.True(evidence.Contains((record.Key, EvidencePaths.NameOf(record.Type))), $"{duty.Id}: no {record.Key} among the evidence.");
            }
        }

        foreach (var (type, records) in MainRecords)
        {
            Assert.All(records, record => Assert.Contains((record, EvidencePaths.NameOf(type)), evidence));
        }

        Assert.Contains(("year-summary", EvidencePaths.NameOf(EvidenceType.Operation)), evidence);
    }

    private static int ItemsOf(PlanDuty duty)
    {
        var months = duty.LastMonth - duty.FirstMonth + 1;
        var times = duty.Repeats switch { Repetition.Monthly => months, Repetition.Quarterly => months / 3, _ => 1 };
        return times * (duty.PerDepartment ? 3 : 1);
    }

    private static async Task<(JsonObject Summary, IReadOnlySet<(string Record, string Type)> Evidence)> PlayAsync(int startMonth)
    {
        using var azurite = await AzuriteProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("isms-year-");
        try
        {
            var organization = Path.Combine(folder.FullName, "organization.json");
            await File.WriteAllTextAsync(organization, SmallOrganization().ToJsonString());
            var options = new RehearsalOptions
            {
                FiscalYear = 2027,
                StartMonth = startMonth,
                TenantUsers = 12,
                SignInsPerDay = 5,
                CollectorDays = "1",
                Out = folder.CreateSubdirectory("out").FullName,
                Work = folder.CreateSubdirectory("work").FullName,
                App = Path.Combine(AppContext.BaseDirectory, "IsmsFunctions.dll"),
                Organization = organization,
                Storage = azurite.ConnectionString,
            };
            var summary = await RehearsalRun.PlayAsync(options, _ => { }, CancellationToken.None);
            var (exit, output) = await VerifyAsync(Path.Combine(options.Out, "pack.zip"));
            Assert.True(exit == 0, output);
            var manifests = Directory.EnumerateFiles(options.Out, "manifest.json", SearchOption.AllDirectories).Select(m => JsonNode.Parse(File.ReadAllText(m))!);
            return (summary, manifests.Where(m => m["record"] is not null).Select(m => ((string)m["record"]!, (string)m["type"]!)).ToHashSet());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The pack of the year, checked as an auditor does: unpacked, and with the script that needs none of our code.</summary>
    private static async Task<(int Exit, string Output)> VerifyAsync(string pack)
    {
        Assert.Empty(PackCheck.CheckZip(await File.ReadAllBytesAsync(pack)));
        using var folder = new UnpackedPack(await File.ReadAllBytesAsync(pack));
        return await folder.RunAsync("bash", Path.Combine(Repository.Root, "scripts", "verify-pack.sh"), folder.Root);
    }

    /// <summary>The sample organisation without two of its five departments, whose people now belong to the others.</summary>
    private static JsonObject SmallOrganization()
    {
        string[] kept = ["sales", "engineering", "administration"];
        var settings = JsonNode.Parse(File.ReadAllText(Repository.SampleOrganization))!.AsObject();
        settings["departments"] = new JsonArray([.. settings["departments"]!.AsArray().Where(d => kept.Contains((string)d!["id"]!)).Select(d => d!.DeepClone())]);
        var leads = settings["departments"]!.AsArray().Select(d => (string)d!["leadId"]!).ToHashSet();
        foreach (var person in settings["people"]!.AsArray().Select(p => p!.AsObject()))
        {
            if ((string)person["departmentId"]! is "it" or "planning")
            {
                person["departmentId"] = "administration";
            }

            var roles = person["roles"]!.AsArray().Select(r => (string)r!).Where(r => r != "departmentLead" || leads.Contains((string)person["id"]!));
            person["roles"] = new JsonArray([.. roles.Select(r => JsonValue.Create(r))]);
        }

        settings["sites"] = new JsonArray(Site("head-office", "本社", "Head office"), Site("osaka", "大阪支店", "Osaka branch"));
        return settings;
    }

    private static JsonObject Site(string id, string ja, string en) => new() { ["id"] = id, ["name"] = new JsonObject { ["ja"] = ja, ["en"] = en } };
}
