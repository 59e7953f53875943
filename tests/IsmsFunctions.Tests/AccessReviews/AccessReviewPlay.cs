using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.AccessReviews;

/// <summary>Plays the people of a review of access rights over HTTP, and the collector whose snapshots it reads.</summary>
internal sealed class AccessReviewPlay(RunningApp app)
{
    public const string Manager = "manager";
    public const string Secretariat = "secretariat";

    /// <summary>People of two departments, one of them a lead; a guest; a group; an application with an owner, and one without.</summary>
    public static readonly IReadOnlyList<Right> Rights =
    [
        Member("u-kato", "加藤 美咲", "営業部"), Member("u-kato", "加藤 美咲", "旧プロジェクト"), Member("u-suzuki", "鈴木 一郎", "営業部"),
        Member("u-old", "退職 太郎", "営業部"), Member("u-yamamoto", "山本 翔", "開発部"),
        new(RightKinds.ActiveRole, "u-yamamoto", "山本 翔", "user", "User Administrator", "role-ua", "/"),
        Member("u-guest", "社外 花子", "社外協力者", "guest"),
        Member("g-sales", "営業部", "全社員", "group"),
        new(RightKinds.AppRole, "a-sync", "同期ツール", "application", "Directory.ReadWrite.All", "p-1", "Microsoft Graph"),
        new(RightKinds.AppRole, "a-crm", "顧客管理", "application", "User.Read.All", "p-2", "Microsoft Graph"),
    ];

    private static readonly string[] Users =
    [
        User("u-kato", "加藤 美咲", "misaki.kato@example.co.jp", "営業部"), User("u-suzuki", "鈴木 一郎", "ichiro.suzuki@example.co.jp", "営業部"),
        User("u-old", "退職 太郎", "taro@example.co.jp", "営業部", enabled: false), User("u-yamamoto", "山本 翔", "sho.yamamoto@example.co.jp", "開発部"),
        User("u-guest", "社外 花子", "hanako_partner#EXT#@example.co.jp", null, guest: true),
        User("u-kobayashi", "小林 健", "ken.kobayashi@example.co.jp", "情報システム部"),
    ];

    /// <summary>Records a snapshot of access rights, taken now.</summary>
    public async Task<string> SnapshotAsync(IEnumerable<Right>? rights = null, string? gap = null, bool withGuest = true)
    {
        var at = app.Now;
        var services = app.Services;
        var store = services.GetRequiredService<EvidenceStore>();
        var item = await store.BeginAsync(EvidenceIds.OfWindow("access-rights", at, at), "FY2026", EvidenceType.Operation, default);
        string[] users = [.. Users.Where(u => withGuest || !u.Contains("Guest", StringComparison.Ordinal))];
        string[] owners = ["""{"parent":"a-crm","row":{"id":"u-kobayashi","displayName":"小林 健"}}"""];
        var part = await services.GetRequiredService<RowSections>().WriteAsync(
            item, RowSections.PartPath(1), [(Facts("users", at), Lines(users)), (Facts(AccessRightsKinds.ServicePrincipalOwners, at), Lines(owners))], true, default);
        await using var writer = store.CreateFile(item, RowSections.PathOf("rights"), RowSections.MediaType);
        await writer.WriteAsync(Lines((rights ?? Rights).Select(r => JsonSerializer.Serialize(r, Json.Options))), default);
        var sheet = await writer.CommitAsync(new Dictionary<string, string>(), default);
        var draft = new EvidenceDraft
        {
            Id = item.Id,
            FiscalYear = "FY2026",
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same("アクセス権一覧"),
            Period = new Period(at, at),
            Record = "access-rights-sheet",
            Source = new EvidenceSource { Graph = new GraphSource("access-rights", []) },
            Completeness = gap is null ? Completeness.Complete : Completeness.Partial([new Gap(gap, GapReasons.NotLicensed, "")]),
            CreatedBy = "system",
        };
        await store.CompleteAsync(item, draft, [part.File.File, sheet.File], [], default);
        await services.GetRequiredService<CollectorRuns>().UpdateAsync(
            "access-rights", s => CollectorRules.Record(s, new CollectedWindow(at, at, item.Id, item.Folder, 0, gap is null ? [] : [GapReasons.NotLicensed])), default);
        return item.Id;
    }

    /// <summary>Starts a review of a snapshot taken now, and waits until its sheets are given out.</summary>
    public async Task<string> StartAsync()
    {
        await SnapshotAsync();
        var id = (string)(await app.PostAsync(Secretariat, "access-reviews")).Expect(202).Json["id"]!;
        await app.SettleAsync();
        return id;
    }

    public async Task<JsonNode> ReadAsync(string id) => (await app.GetAsync(Secretariat, $"access-reviews/{id}")).Expect(200).Json;

    public async Task<string> StageAsync(string id) => (string)(await ReadAsync(id))["stage"]!;

    public async Task<IReadOnlyList<JsonNode>> RowsAsync(string id, string sheet, string query = "") =>
        [.. (await app.GetAsync(Secretariat, $"access-reviews/{id}/sheets/{sheet}{query}")).Expect(200).Json["items"]!.AsArray().Select(r => r!)];

    public async Task<int> RowOfAsync(string id, string sheet, string holder, string what) =>
        (int)(await RowsAsync(id, sheet)).Single(r => (string)r["right"]!["holderId"]! == holder && (string)r["right"]!["what"]! == what)["number"]!;

    /// <summary>Who answers which sheet of <see cref="Rights"/>.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reviewers = new Dictionary<string, string>
    {
        ["department-sales"] = "owner:suzuki", ["department-engineering"] = "owner:takahashi", ["owner-kobayashi"] = "owner:kobayashi", ["people"] = "secretariat",
        ["technical"] = "admin", ["reviewers"] = "manager",
    };

    /// <summary>Everybody keeps what nobody has answered, and signs.</summary>
    public async Task KeepTheRestAndSignAsync(string id, params string[] except)
    {
        foreach (var (sheet, persona) in Reviewers.Where(r => !except.Contains(r.Key)))
        {
            (await app.PostAsync(persona, $"access-reviews/{id}/sheets/{sheet}/answers", new { rest = new { decision = "keep", reason = "業務で利用中" } })).Expect(200);
            (await app.PostAsync(persona, $"access-reviews/{id}/sheets/{sheet}/sign-off")).Expect(200);
        }

        await app.SettleAsync();
    }

    public async Task DoAsync(string persona, string path, object? body = null)
    {
        (await app.PostAsync(persona, path, body)).Expect(200);
        await app.SettleAsync();
    }

    public async Task<IReadOnlyList<string>> RecordsAsync(string id) =>
        [.. (await app.GetAsync("auditor", $"evidence?subject={id}")).Expect(200).Json["items"]!.AsArray().Select(e => (string)e!["record"]!).Order(StringComparer.Ordinal)];

    private static Right Member(string holder, string name, string group, string type = "user") =>
        new(RightKinds.GroupMembership, holder, name, type, group, "id-" + group, "/");

    private static string User(string id, string name, string principal, string? department, bool enabled = true, bool guest = false) => JsonSerializer.Serialize(
        new { id, displayName = name, userPrincipalName = principal, department, accountEnabled = enabled, userType = guest ? "Guest" : "Member" }, Json.Options);

    private static KindFacts Facts(string kind, DateTimeOffset at) => new(kind, new GraphQuery("/" + kind, [], 1, 0, at, at) { Kind = kind, File = RowSections.PartPath(1) });

    private static ReadOnlyMemory<byte> Lines(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));
}
