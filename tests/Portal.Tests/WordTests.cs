using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Isms.AccessReviews;
using Isms.Audits;
using Isms.Certification;
using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Incidents;
using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Notifications;
using Isms.Objectives;
using Isms.Organizations;
using Isms.Packs;
using Isms.Registers;
using Isms.Retention;
using Isms.SpotChecks;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Hosting;
using IsmsFunctions.Notifications;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Portal.Tests;

/// <summary>The portal has a word for everything that the API says in its own vocabulary.</summary>
public sealed partial class WordTests
{
    private static readonly Dictionary<string, Type> Enums = new()
    {
        ["state"] = typeof(PlanItemState),
        ["act"] = typeof(PlanItemAct),
        ["phase"] = typeof(PlanPhase),
        ["evidenceType"] = typeof(EvidenceType),
        ["origin"] = typeof(ActionOrigin),
        ["cause"] = typeof(IncidentCause),
        ["incidentKind"] = typeof(IncidentKind),
        ["incidentStage"] = typeof(IncidentStage),
        ["nature"] = typeof(IncidentNature),
        ["severity"] = typeof(IncidentSeverity),
        ["extent"] = typeof(IncidentExtent),
        ["breach"] = typeof(BreachReportKind),
        ["personRole"] = typeof(Role),
        ["result"] = typeof(AnswerResult),
        ["urgency"] = typeof(Urgency),
        ["method"] = typeof(AuditMethod),
        ["outcome"] = typeof(RowOutcome),
        ["covered"] = typeof(CoverageState),
        ["proposal"] = typeof(ProposalReason),
        ["achievement"] = typeof(Achievement),
        ["direction"] = typeof(TargetDirection),
        ["mailState"] = typeof(MessageState),
        ["channel"] = typeof(Channel),
        ["packState"] = typeof(PackStatus),
        ["taskState"] = typeof(RevocationState),
        ["decision"] = typeof(DecisionStatus),
        ["import"] = typeof(RegisterChangeKind),
        ["trainingKind"] = typeof(TrainingKind),
        ["meetingKind"] = typeof(MeetingKind),
        ["certificationKind"] = typeof(CertificationAuditKind),
        ["certificationResult"] = typeof(CertificationResult),
        ["milestone"] = typeof(MilestoneKind),
        ["disposalState"] = typeof(DisposalState),
        ["spotDecision"] = typeof(SpotDecisionKind),
    };

    private static readonly Dictionary<string, (string Folder, Type Rules)> Histories = new()
    {
        ["auditAct"] = ("Audits", typeof(AuditRules)),
        ["incidentAct"] = ("Incidents", typeof(IncidentRules)),
        ["meetingAct"] = ("Meetings", typeof(MeetingRules)),
        ["accessAct"] = ("AccessReviews", typeof(AccessReviewRules)),
        ["actionAct"] = ("CorrectiveActions", typeof(ActionRules)),
        ["certificationAct"] = ("Certification", typeof(CertificationAuditRules)),
    };

    public static TheoryData<string> EnumNames => [.. Enums.Keys];

    public static TheoryData<string> HistoryNames => [.. Histories.Keys];

    [Theory]
    [MemberData(nameof(EnumNames))]
    public void Every_value_of_an_enumeration_has_its_word(string kind)
    {
        var values = Enum.GetValues(Enums[kind]).Cast<object>().Select(v => JsonSerializer.SerializeToElement(v, v.GetType(), Json.Options).GetString()!);
        Assert.Empty(Wordless(kind, values));
    }

    [Theory]
    [MemberData(nameof(HistoryNames))]
    public void Everything_that_a_history_records_has_its_word(string kind)
    {
        var (folder, rules) = Histories[kind];
        var commands = rules.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral && f.FieldType == typeof(string)).Select(f => (string)f.GetRawConstantValue()!);
        var recorded = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "Isms", folder), "*.cs")
            .SelectMany(f => Recorded().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(recorded);
        Assert.Empty(Wordless(kind, commands.Concat(recorded).Distinct()));
    }

    [Fact]
    public void Every_kind_of_word_that_a_page_looks_up_is_held_to_the_vocabulary_or_known_to_be_of_the_portal()
    {
        // Words for what is no enumeration of the domain, but a code that a view is written with.
        string[] codes = ["implementation", "runState", "cadence", "coverageDay"];
        var looked = Directory.EnumerateFiles(PortalTexts.Folder, "*.js", SearchOption.AllDirectories)
            .SelectMany(f => LookedUp().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct();
        Assert.Empty(looked.Except(Enums.Keys).Except(Histories.Keys).Except(codes));
    }

    private static IEnumerable<string> Wordless(string kind, IEnumerable<string> values) =>
        values.Select(v => $"{kind}.{v}").Where(key => !PortalTexts.All.TryGetValue(key, out var text) || text.Values.Any(string.IsNullOrEmpty));

    [GeneratedRegex("""(?:\b(?:Enter|When)\((?:[^;"()]|\([^()]*\))*?|new \w+(?:Decision|Entry)\()"([a-z]+(?:-[a-z]+)*)"[,)]""")]
    private static partial Regex Recorded();

    [GeneratedRegex("""\b(?:word|stateBadge|logTable)\((?:[^()']*, )?'([A-Za-z]+)'""")]
    private static partial Regex LookedUp();
}
