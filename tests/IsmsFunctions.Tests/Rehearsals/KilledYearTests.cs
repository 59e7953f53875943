using System.Globalization;
using System.Text.Json.Nodes;
using IsmsFunctions.Testing;
using Rehearsal;

namespace IsmsFunctions.Tests.Rehearsals;

/// <summary>
/// Rehearses the last months of a year twice: undisturbed, and with the app's process killed (SIGKILL) again and again. A year that starts late does in them what
/// the whole year has: items of every kind, an audit with its corrective actions, collectors, and the closing with what is carried over.
/// </summary>
public sealed class KilledYearTests
{
    private const int Kills = 50;
    private const int FirstMonth = 10;

    [Fact]
    public async Task Fifty_kills_at_random_moments_of_a_year_lose_nothing_and_double_nothing()
    {
        var undisturbed = await PlayAsync(kills: 0);
        var killed = await PlayAsync(Kills);

        Assert.Equal(Kills, killed.KilledAt.Count);
        Assert.Equal(13 - FirstMonth, killed.KilledAt.Select(at => at.ToOffset(TimeSpan.FromHours(9)).Month).Distinct().Count());
        Assert.NotEmpty(undisturbed.Evidence);
        Assert.Equal(undisturbed.Evidence, killed.Evidence);
        Assert.Equal(undisturbed.Mails, killed.Mails);
        Assert.Equal(undisturbed.Summary, killed.Summary);
    }

    private static async Task<Outcome> PlayAsync(int kills)
    {
        using var azurite = await AzuriteProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("isms-rehearsal-");
        try
        {
            var options = new RehearsalOptions
            {
                FiscalYear = 2026,
                FirstMonth = FirstMonth,
                Months = 13 - FirstMonth,
                Out = folder.CreateSubdirectory("out").FullName,
                Work = folder.CreateSubdirectory("work").FullName,
                App = Path.Combine(AppContext.BaseDirectory, "IsmsFunctions.dll"),
                Organization = Repository.SampleOrganization,
                Storage = azurite.ConnectionString,
                Kills = kills,
                KillSeed = 27001,
            };
            var summary = await RehearsalRun.PlayAsync(options, _ => { }, CancellationToken.None);
            return Outcome.Of(options.Out, summary);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a rehearsal left, without what a kill may change: the order of the ledger, and the ids of requests that were made again.</summary>
    private sealed record Outcome(IReadOnlyList<string> Evidence, IReadOnlyList<string> Mails, string Summary, IReadOnlyList<DateTimeOffset> KilledAt)
    {
        public static Outcome Of(string folder, JsonObject summary)
        {
            var evidence = Directory.EnumerateFiles(folder, "manifest.json", SearchOption.AllDirectories).Select(Describe).Order(StringComparer.Ordinal).ToList();
            var mails = Directory.EnumerateFiles(Path.Combine(folder, "mail")).Select(m => Path.GetFileName(m)).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(evidence.Count, (long)summary["ledger"]!["size"]!);
            DateTimeOffset[] kills = [.. summary["killedAt"]?.AsArray().Select(at => (DateTimeOffset)at!) ?? []];

            // Only runs of collectors can be more: a schedule that a kill cut off comes up again. All else has fixed ids, and what it left is compared.
            foreach (var differs in new[] { "wallSeconds", "killedAt", "orchestrations" })
            {
                summary.Remove(differs);
            }

            summary["ledger"]!.AsObject().Remove("root");
            summary["evidence"]!.AsObject().Remove("bytes");
            return new Outcome(evidence, mails, summary.ToJsonString(), kills);
        }

        private static string Describe(string path)
        {
            var manifest = JsonNode.Parse(File.ReadAllText(path))!;
            var rows = manifest["files"]!.AsArray()
                .Where(f => (string?)manifest["record"] != "management-report") // it quotes the ledger's head
                .Where(f => manifest["source"]!["graph"] is null || IsOfRowsAlone((string)f!["path"]!))
                .Select(f => string.Create(CultureInfo.InvariantCulture, $"{(string)f!["path"]!}:{(string)f["sha256"]!}"));
            var kinds = (manifest["source"]!["graph"]?["requests"]?.AsArray() ?? [])
                .Select(r => string.Create(CultureInfo.InvariantCulture, $"{(string?)r!["kind"]}:{(long)r["rows"]!}:{(string?)r["sha256"]}"));
            return $"{(string)manifest["id"]!} {(string)manifest["createdAt"]!} {string.Join(' ', rows.Concat(kinds))}";
        }

        /// <summary>The file that kinds share ends with how they were asked for, request ids included; of its rows the manifest has the hashes, kind by kind.</summary>
        private static bool IsOfRowsAlone(string path)
        {
            var parts = path.Split('.');
            return path.EndsWith(".gz", StringComparison.Ordinal) && !(parts[0] == "rows" && (parts[1] == "ndjson" || parts[1].All(char.IsAsciiDigit)));
        }
    }
}
