using Isms.Year;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Year;

/// <summary>Every row of the plan table through the app: open in its window, barred without its records, done with them, and on record.</summary>
public sealed class PlanRowsTests(PlanRowsTests.LateInTheYear late) : IClassFixture<PlanRowsTests.LateInTheYear>
{
    public static TheoryData<string> Rows => [.. PlanCatalogue.Standard.Duties.Where(d => d.Repeats != Repetition.AsNeeded).Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_row_is_done_with_its_records_and_leaves_its_own(string duty)
    {
        var (app, play) = (late.App, late.Play);

        // Of a month in which nobody joined, the training of newcomers has left its record by itself; the present month is not over.
        var ofDuty = late.Plan.Where(i => i.Duty == duty);
        var planned = duty == "newcomer-training" ? ofDuty.Last() : ofDuty.First();
        var item = (await play.ReadAsync(planned.Id))["item"]!;
        Assert.Equal((planned.OpensOn, planned.DueOn), (DateOnly.Parse((string)item["opensOn"]!, null), DateOnly.Parse((string)item["dueOn"]!, null)));
        Assert.Equal("open", (string?)item["state"]);
        var persona = YearPlay.PersonaOf((string)item["responsible"]!, (string?)item["department"]);

        var barred = (await app.PostAsync(persona, $"years/FY2026/items/{planned.Id}/submit")).Expect(409);
        Assert.Equal(planned.Records.Select(r => r.Key), barred.Json["missing"]!.AsArray().Select(m => (string)m!));
        await play.FileMissingAsync(persona, planned.Id);
        await play.DoAsync(persona, planned.Id, "submit");
        if ((string?)item["approver"] is { } approver)
        {
            Assert.Equal("submitted", await play.StateAsync(planned.Id));
            await play.DoAsync(YearPlay.PersonaOf(approver, null), planned.Id, "approve");
        }

        Assert.Equal("done", await play.StateAsync(planned.Id));
        var evidence = (await app.GetAsync("auditor", $"evidence?subject={planned.InstanceId}")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(
            planned.Records.Select(r => r.Key).Append("completion-record").Order(StringComparer.Ordinal),
            evidence.Select(e => (string)e!["record"]!).Order(StringComparer.Ordinal));
        Assert.All(planned.Records, r => Assert.Contains(evidence, e =>
            (string)e!["record"]! == r.Key && ((string)e["type"]!).Replace("-", "", StringComparison.Ordinal).Equals(r.Type.ToString(), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>An app in which a year was started so late that every window but the last has come.</summary>
    public sealed class LateInTheYear : IAsyncLifetime
    {
        public RunningApp App { get; private set; } = null!;

        internal YearPlay Play { get; private set; } = null!;

        internal IReadOnlyList<PlanItem> Plan { get; } =
            YearPlanning.Plan(new FiscalYear(2026, 4), YearPlay.Firm(), PlanCatalogue.Standard, RunningApp.FirstMorning);

        public async Task InitializeAsync()
        {
            App = await YearPlay.StartAppAsync(new DateTimeOffset(2027, 3, 10, 0, 0, 0, TimeSpan.Zero), YearPlay.Firm());
            Play = new YearPlay(App);
            await Play.StartAsync();
        }

        public Task DisposeAsync() => App.DisposeAsync().AsTask();
    }
}
