using System.Reflection;
using Isms.Audits;
using Isms.CorrectiveActions;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting;
using IsmsFunctions.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Local;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Tests.Histories;

/// <summary>
/// Workflows that live for a year meet new versions of the code. Each recorded history is a workflow in flight: today's orchestrators must decide as it holds.
/// </summary>
public sealed class RecordedHistoryTests
{
    private static readonly IReadOnlyDictionary<string, MethodInfo> Orchestrators = typeof(IsmsApp).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
        .Where(m => m.GetParameters().Any(p => p.IsDefined(typeof(OrchestrationTriggerAttribute))))
        .ToDictionary(m => m.GetCustomAttribute<FunctionAttribute>()!.Name);

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "IsmsFunctions.Tests", "Histories");
    private static readonly DataConverter Converter = ConverterOfTheApp();

    private static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Recorded() => [.. Files];

    public static TheoryData<string> Names() => [.. Orchestrators.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Todays_orchestrators_decide_as_it_was_recorded(string file)
    {
        var history = Read(file);

        Assert.Null(HistoryReplay.Check(history, context => RunAsync(Orchestrators[history.Name], context), Converter));
    }

    [Fact]
    public void Every_orchestrator_is_among_them_in_every_version_that_had_it()
    {
        var newest = Directory.EnumerateDirectories(Folder).Max(v => Version.Parse(Path.GetFileName(v)))!.ToString();
        Assert.Equal(
            Orchestrators.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Path.Combine(Folder, newest)).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));
        Assert.All(Files, file => Assert.Equal(Read(file).Name, file.Split(Path.DirectorySeparatorChar)[1]));
    }

    [Fact]
    public void Every_stage_of_audits_and_corrective_actions_is_among_them()
    {
        Assert.Equal(Enum.GetValues<AuditStage>(), ViewsOf<AuditView>(nameof(AuditOrchestrator.RunAudit)).Select(v => v.Stage).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<ActionStage>(), ViewsOf<ActionView>(nameof(ActionOrchestrator.RunCorrectiveAction)).Select(v => v.Stage).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_failed_activity_is_among_them_for_every_orchestrator(string orchestrator) =>
        Assert.Contains(OfOrchestrator(orchestrator), h => h.Events.Any(e => e.Kind == HistoryEventKind.TaskFailed));

    [Fact]
    public void An_orchestrator_that_writes_letters_before_it_records_the_plan_is_found_out()
    {
        var history = OfOrchestrator(nameof(AuditOrchestrator.RunAudit)).First(h => h.Events.Any(e => e.Name == nameof(AuditRecordActivities.RecordAuditPlan)));

        var difference = HistoryReplay.Check(history, BrokenAuditAsync, Converter);

        Assert.Contains(nameof(AuditRecordActivities.RecordAuditPlan), difference, StringComparison.Ordinal);
        Assert.Contains(nameof(AuditTimeActivities.WriteAuditLetters), difference, StringComparison.Ordinal);
    }

    [Fact]
    public void An_orchestrator_that_ends_where_the_history_goes_on_is_found_out()
    {
        var history = OfOrchestrator(nameof(AuditOrchestrator.RunAudit)).First(h => h.Events.Any(e => e.Kind == HistoryEventKind.TimerCreated));

        var difference = HistoryReplay.Check(history, LookOnceAsync, Converter);

        Assert.NotNull(difference);
    }

    [Fact]
    public void Nothing_in_them_names_a_person_or_a_machine() => Assert.All(
        Files.Select(file => File.ReadAllText(Path.Combine(Folder, file))),
        text => Assert.DoesNotContain(["@", "/home/", "/root/", "/tmp/", ".cs:line", "stackTrace", "suzuki", "watanabe", "sato"], word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>As <see cref="AuditOrchestrator"/> would be if somebody swapped two steps while audits are under way.</summary>
    private static async Task<object?> BrokenAuditAsync(TaskOrchestrationContext context)
    {
        var checkpoint = context.GetInput<AuditCheckpoint>()!;
        var view = await context.CallActivityAsync<AuditView>(nameof(AuditActivities.LookAtAudit), new AuditLook(checkpoint.Id, checkpoint.HandledUntil));
        await context.CallActivityAsync(nameof(AuditTimeActivities.WriteAuditLetters), new AuditStep(view.Id, view.Serial));
        await context.CallActivityAsync(nameof(AuditRecordActivities.RecordAuditPlan), new AuditStep(view.Id, view.Serial));
        context.ContinueAsNew(checkpoint);
        return null;
    }

    private static async Task<object?> LookOnceAsync(TaskOrchestrationContext context)
    {
        var checkpoint = context.GetInput<AuditCheckpoint>()!;
        await context.CallActivityAsync<AuditView>(nameof(AuditActivities.LookAtAudit), new AuditLook(checkpoint.Id, checkpoint.HandledUntil));
        return null;
    }

    private static async Task<object?> RunAsync(MethodInfo orchestrator, TaskOrchestrationContext context)
    {
        var task = (Task)orchestrator.Invoke(null, [context])!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task) is { } result && result.GetType().Name != "VoidTaskResult" ? result : null;
    }

    private static IReadOnlyList<RecordedHistory> OfOrchestrator(string name) => [.. Files.Select(Read).Where(h => h.Name == name)];

    private static IEnumerable<T> ViewsOf<T>(string orchestrator) =>
        from history in OfOrchestrator(orchestrator)
        from happened in history.Events
        where happened.Kind == HistoryEventKind.TaskCompleted && happened.Data?.Contains("\"stage\"", StringComparison.OrdinalIgnoreCase) == true
        select Converter.Deserialize<T>(happened.Data)!;

    private static RecordedHistory Read(string file) => RecordedHistory.Parse(File.ReadAllText(Path.Combine(Folder, file)));

    /// <summary>What the app reads inputs and results with.</summary>
    private static DataConverter ConverterOfTheApp()
    {
        using var host = IsmsApp.Build(["--AzureWebJobsStorage=UseDevelopmentStorage=true"]);
        return host.Services.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.DataConverter;
    }
}
