using Isms.Evidence;
using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Year;

/// <summary>Activities that fail are repeated, and what they repeat is done once.</summary>
public sealed class YearFailureTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 7)]
    public async Task A_record_that_could_not_be_written_is_written_later_and_once(int failures, int hours)
    {
        Failing? evidence = null;
        await using var app = await RunningApp.StartAsync(configure: builder =>
            builder.Services.AddSingleton<IEvidenceStore>(p => evidence = new Failing(p.GetRequiredService<EvidenceStore>(), failures)));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();

        (await app.PostAsync("manager", "years/FY2026/items/legal-review/waive", new { reason = "前年度末に実施済みのため" })).Expect(200);
        await app.RunUntilAsync(app.Now.AddHours(hours));

        Assert.Equal(failures + 1, evidence!.Attempts);
        var items = (await app.GetAsync("auditor", "evidence?fy=FY2026&record=waiver-record")).Expect(200).Json["items"]!.AsArray();
        Assert.Single(items);
    }

    private sealed class Failing(IEvidenceStore inner, int failures) : IEvidenceStore
    {
        public int Attempts { get; private set; }

        public Task<EvidenceManifest> RecordAsync(EvidenceDraft draft, IReadOnlyList<EvidenceContent> files, CancellationToken cancellationToken) =>
            draft.Record == "waiver-record" && ++Attempts <= failures ? throw new HttpRequestException("storage is away") : inner.RecordAsync(draft, files, cancellationToken);

        public Task<EvidenceManifest?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

        public Task<EvidencePage> ListAsync(EvidenceQuery query, int top, string? continuationToken, CancellationToken cancellationToken) =>
            inner.ListAsync(query, top, continuationToken, cancellationToken);

        public Task<Stream?> OpenAsync(EvidenceManifest item, string path, CancellationToken cancellationToken) => inner.OpenAsync(item, path, cancellationToken);
    }
}
