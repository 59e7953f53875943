using System.Text;
using Azure;
using Azure.Data.Tables;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Sealing;

public sealed class AnchorTests : IAsyncLifetime
{
    private OpenSslAuthority authority = null!;

    public async Task InitializeAsync() => authority = await OpenSslAuthority.StartAsync();

    public Task DisposeAsync() => authority.DisposeAsync().AsTask();

    [Fact]
    public async Task A_head_is_anchored_with_a_token_that_openssl_accepts()
    {
        await using var app = await StartAsync($"Sealing:TimestampRoots={authority.Roots}");

        await app.PostAsync("secretariat", "ledger/heads");

        var head = (await app.GetAsync("externalAuditor", "ledger/heads/1")).Expect(200).Json;
        Assert.Equal(authority.Address.ToString(), (string?)head["anchor"]!["authority"]);
        var (token, bytes) = (Convert.FromBase64String((string)head["anchor"]!["token"]!), Convert.FromBase64String((string)head["signedBytes"]!));
        Assert.True(await authority.AcceptsAsync(token, bytes));
        bytes[10] ^= 1;
        Assert.False(await authority.AcceptsAsync(token, bytes));
        Assert.Empty((await app.PostAsync("manager", "ledger/check")).Expect(200).Json["faults"]!.AsArray());
    }

    [Fact]
    public async Task An_authority_that_is_away_keeps_no_head_from_being_signed_and_anchors_it_when_it_is_back()
    {
        await using var app = await StartAsync();
        authority.Away = true;
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
        Assert.Null((await app.GetAsync("auditor", "ledger/heads/1")).Expect(200).Json["anchor"]);

        authority.Away = false;
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);

        Assert.NotNull((await app.GetAsync("auditor", "ledger/heads/1")).Expect(200).Json["anchor"]);
    }

    [Fact]
    public async Task A_token_of_somebody_who_is_not_trusted_is_not_kept()
    {
        await using var other = await OpenSslAuthority.StartAsync();
        await using var app = await StartAsync($"Sealing:TimestampRoots={other.Roots}");

        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);

        Assert.Null((await app.GetAsync("auditor", "ledger/heads/1")).Expect(200).Json["anchor"]);
    }

    [Fact]
    public async Task A_token_that_was_changed_is_found()
    {
        await using var app = await StartAsync();
        await app.PostAsync("secretariat", "ledger/heads");
        var ledger = new TableServiceClient(app.Storage).GetTableClient(Ledger.TableName);
        var row = (await ledger.GetEntityAsync<TableEntity>("anchors", "000000000001")).Value;
        var token = Convert.FromBase64String(row.GetString("Token"));
        token[^5] ^= 1;
        row["Token"] = Convert.ToBase64String(token);
        await ledger.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);

        var faults = (await app.PostAsync("manager", "ledger/check")).Expect(200).Json["faults"]!.AsArray();

        Assert.Equal("anchorInvalid", (string?)Assert.Single(faults)!["kind"]);
    }

    private async Task<RunningApp> StartAsync(params string[] settings)
    {
        var app = await RunningApp.StartAsync(settings: [$"Sealing:TimestampAuthority={authority.Address}", .. settings]);
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep("note", "note"),
            FiscalYear = "FY2026",
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same("Note"),
            Period = new Period(app.Now, app.Now),
            Source = new EvidenceSource { Workflow = new WorkflowSource("note", "note", "system") },
            CreatedBy = "system",
        };
        await app.Services.GetRequiredService<IEvidenceStore>().RecordAsync(draft, [new EvidenceContent("note.txt", "text/plain", Encoding.UTF8.GetBytes("note"))], default);
        return app;
    }
}
