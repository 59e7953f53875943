using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Registers;

namespace IsmsFunctions.Tests.Registers;

public sealed class RegisterImportTests : IAsyncLifetime
{
    private const int Rows = 2_500; // enough that changes and book stand in blobs of their own
    private static readonly HashSet<string> Nothing = [];
    private RegisterBench bench = null!;

    public async Task InitializeAsync() => bench = await RegisterBench.StartAsync();

    public Task DisposeAsync()
    {
        bench.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_leaves_all_of_an_import_or_nothing_and_applying_it_again_completes_it(bool answerIsLost)
    {
        await bench.Process().CreateAsync(("name", "already there"));
        for (var crash = 1; ; crash++)
        {
            var import = await PreviewAsync(bench.Process(), Rows);
            var before = (await bench.Process().Store.ReadAsync(default)).Entries("assets").Count;
            bench.Storage.ResetCounts();
            (bench.Storage.FailingWrite, bench.Storage.AnswerIsLost) = (crash, answerIsLost);
            var crashed = false;
            try
            {
                await bench.Process().Imports.ApplyAsync("assets", import.Id, "sato", default);
            }
            catch (IOException)
            {
                crashed = true;
            }

            bench.Storage.FailingWrite = null;
            var survivor = bench.Process();
            var seen = (await survivor.Store.ReadAsync(default)).Entries("assets").Count - before;
            Assert.True(seen is 0 or Rows, $"A crash at write {crash} left {seen} of {Rows} entries.");

            var (applied, _) = await survivor.Imports.ApplyAsync("assets", import.Id, "sato", default);
            Assert.Equal(ImportState.Applied, applied.State);
            Assert.Equal(before + Rows, (await bench.Process().Store.ReadAsync(default)).Entries("assets").Count);
            Assert.Equal(ImportState.Applied, (await bench.Process().Imports.GetAsync("assets", import.Id, default)).Import.State);
            if (!crashed && bench.Storage.Writes < crash)
            {
                Assert.True(crash > 3); // blob, commit, kept book, note
                return;
            }
        }
    }

    [Fact]
    public async Task An_import_applied_by_two_processes_at_once_is_applied_once()
    {
        var import = await PreviewAsync(bench.Process(), 300);

        var outcomes = await Task.WhenAll(
            bench.Process().Imports.ApplyAsync("assets", import.Id, "sato", default), bench.Process().Imports.ApplyAsync("assets", import.Id, "sato", default));

        Assert.All(outcomes, o => Assert.Equal(ImportState.Applied, o.Import.State));
        var book = await bench.Process().Store.ReadAsync(default);
        Assert.Equal((300, 1L), (book.Entries("assets").Count, book.Version));
    }

    [Fact]
    public async Task Of_two_imports_previewed_on_the_same_register_one_is_applied()
    {
        var (one, other) = (await PreviewAsync(bench.Process(), 300), await PreviewAsync(bench.Process(), 300));

        await bench.Process().Imports.ApplyAsync("assets", one.Id, "sato", default);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => bench.Process().Imports.ApplyAsync("assets", other.Id, "sato", default));

        Assert.Equal("import-outdated", refused.Refusal.Code);
        Assert.Equal("rows[2]", refused.Refusal.Causes[0].Field);
        Assert.Equal(300, (await bench.Process().Store.ReadAsync(default)).Entries("assets").Count);
    }

    [Fact]
    public async Task What_a_planned_entry_refers_to_must_still_be_there_when_it_is_applied()
    {
        var process = bench.Process();
        var asset = await process.CreateAsync();
        await process.ReferAsync(asset.Id);
        var risks = RegisterCatalogue.Find("risks")!;
        var table = RegisterTables.ToTable(risks, (await process.Store.ReadAsync(default)).Entries("risks"));
        table = table with { Rows = [table.Rows[0] with { Cells = ["", .. table.Rows[0].Cells.Skip(1)] }] };
        await process.DeleteAsync("risks", "R-0001");
        var (import, plan) = await process.Imports.PreviewAsync(risks, table, ImportMode.Merge, Nothing, "sato", null, default);
        Assert.Empty(plan.Errors);

        await bench.Process().DeleteAsync("assets", asset.Id);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => process.Imports.ApplyAsync("risks", import.Id, "sato", default));

        Assert.Equal("value-refers-to-nothing", refused.Refusal.Code);
        Assert.All((await bench.Process().Store.ReadAsync(default)).Entries("risks"), r => Assert.True(r.IsDeleted));
    }

    private static async Task<RegisterImport> PreviewAsync(RegisterProcess process, int rows)
    {
        var (import, plan) = await process.Imports.PreviewAsync(RegisterProcess.Assets, RegisterProcess.Table(rows), ImportMode.Merge, Nothing, "sato", null, default);
        Assert.Empty(plan.Errors);
        return import;
    }
}
