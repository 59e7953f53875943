using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>
/// The examples of <c>openapi.json</c> are requests that the app carries out. After a change, <c>ISMS_WRITE_OPENAPI=1 dotnet test tests/IsmsFunctions.Tests --filter
/// ExampleTests</c> writes them, and then the same with <c>OpenApiTests</c> the description that shows them.
/// </summary>
public sealed class ExampleTests
{
    private static readonly (Func<Task<RunningApp>> Start, Func<ExampleWalk, Task> Walk)[] Walks =
    [
        (() => RunningApp.StartAsync(organization: ""), SetupExamples.WalkAsync),
        (YearExamples.StartAppAsync, YearExamples.WalkAsync),
        (RegisterExamples.StartAppAsync, RegisterExamples.WalkAsync),
        (TrainingExamples.StartAppAsync, TrainingExamples.WalkAsync),
        (AuditExamples.StartAppAsync, AuditExamples.WalkAsync),
        (IncidentExamples.StartAppAsync, IncidentExamples.WalkAsync),
        (MeetingExamples.StartAppAsync, MeetingExamples.WalkAsync),
        (CertificationExamples.StartAppAsync, CertificationExamples.WalkAsync),
        (AccessExamples.StartAppAsync, AccessExamples.WalkAsync),
        (RetentionExamples.StartAppAsync, RetentionExamples.WalkAsync),
    ];

    [Fact]
    public async Task Every_example_does_what_the_description_says()
    {
        var description = new ApiDescription(File.ReadAllText(Path.Combine(Repository.Root, "functions", "IsmsFunctions", "Hosting", "OpenApi", "openapi.json")));
        var (walked, faults) = (new ExampleBook(), new List<string>());
        foreach (var (start, walk) in Walks)
        {
            await using var app = await start();
            await WalkAsync(walk, new ExampleWalk(description, walked, faults, app), faults);
        }

        faults.AddRange(description.Operations.Where(o => o.TakesJson && walked.RequestOf(o.Id) is null).Select(o => $"{o.Id} takes a document, and no example shows one."));
        if (Environment.GetEnvironmentVariable("ISMS_WRITE_OPENAPI") == "1")
        {
            walked.Keep();
        }

        var kept = ExampleBook.Kept();
        faults.AddRange(walked.Operations.Union(kept.Operations).Where(o => !walked.SaysTheSame(o, kept))
            .Select(o => $"{o}: the kept example is not what is sent and answered. Write it with ISMS_WRITE_OPENAPI=1."));
        faults.AddRange(description.Operations.SelectMany(o => kept.Find(o.Id) is { } e ? description.FaultsOfAnswer(o, (int)e["status"]!, e["answer"]) : []));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>A walk that cannot go on is a fault among others: all are shown at once.</summary>
    private static async Task WalkAsync(Func<ExampleWalk, Task> steps, ExampleWalk walk, List<string> faults)
    {
        try
        {
            await steps(walk);
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException)
        {
            faults.Add($"The walk ended: {e}");
        }
    }
}
