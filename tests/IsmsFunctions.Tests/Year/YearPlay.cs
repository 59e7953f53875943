using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isms.Organizations;
using IsmsFunctions.Hosting;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Year;

/// <summary>Plays the people of a year over HTTP, in an organisation of three departments and two sites.</summary>
internal sealed class YearPlay(RunningApp app, string fiscalYear = "FY2026")
{
    /// <summary>The organisation, with the month its years start in and what else a test needs.</summary>
    public static Organization Firm(int startMonth = 4) => new()
    {
        Name = new("株式会社三部門", "Three Departments Inc."),
        FiscalYearStartMonth = startMonth,
        Departments =
        [
            new("sales", new("営業部", "Sales"), "suzuki"), new("development", new("開発部", "Development"), "takahashi"), new("office", new("管理部", "Administration"), "tanaka"),
        ],
        Sites = [new("tokyo", new("東京本社", "Tokyo head office"), "tanaka"), new("osaka", new("大阪営業所", "Osaka office"), "suzuki")],
        People =
        [
            new("sato", new("佐藤 誠", "Makoto Sato"), "sato@example.co.jp", "office", [Role.TopManagement]),
            new("watanabe", new("渡辺 恵", "Megumi Watanabe"), "watanabe@example.co.jp", "office", [Role.IsmsManager]),
            new("nakamura", new("中村 彩", "Aya Nakamura"), "nakamura@example.co.jp", "office", [Role.Secretariat]),
            new("kobayashi", new("小林 健", "Ken Kobayashi"), "kobayashi@example.co.jp", "development", [Role.PersonInCharge, Role.SystemAdministrator]),
            new("suzuki", new("鈴木 一郎", "Ichiro Suzuki"), "suzuki@example.co.jp", "sales", [Role.DepartmentLead]),
            new("takahashi", new("高橋 由美", "Yumi Takahashi"), "takahashi@example.co.jp", "development", [Role.DepartmentLead]),
            new("tanaka", new("田中 洋子", "Yoko Tanaka"), "tanaka@example.co.jp", "office", [Role.DepartmentLead]),
            new("kato", new("加藤 美咲", "Misaki Kato"), "kato@example.co.jp", "sales", [Role.InternalAuditor], new DateOnly(2031, 3, 31)),
            new("yamamoto", new("山本 翔", "Sho Yamamoto"), "yamamoto@example.co.jp", "development", [Role.InternalAuditor], new DateOnly(2031, 3, 31)),
        ],
    };

    public static Task<RunningApp> StartAppAsync(DateTimeOffset start, Organization organization) =>
        RunningApp.StartAsync(start, JsonSerializer.Serialize(organization, Json.Options));

    /// <summary>Replaces the settings.</summary>
    public async Task PutAsync(Organization organization)
    {
        (await app.SendAsync("secretariat", HttpMethod.Put, "organization", organization, "If-Match: *")).Expect(200);
        await app.SettleAsync();
    }

    public async Task StartAsync()
    {
        (await app.PostAsync("secretariat", $"years/{fiscalYear}/start")).Expect(202);
        await app.SettleAsync();
    }

    public async Task<JsonNode> ReadAsync(string item) => (await app.GetAsync("secretariat", $"years/{fiscalYear}/items/{item}")).Expect(200).Json;

    public async Task<string?> StateAsync(string item) => (string?)(await ReadAsync(item))["item"]!["state"];

    /// <summary>What the item's log says: who did what, and in whose place.</summary>
    public async Task<IReadOnlyList<(string? Act, string? Actor, string? OnBehalfOf)>> LogAsync(string item) =>
        [.. (await ReadAsync(item))["log"]!.AsArray().Select(e => ((string?)e!["act"], (string?)e["actor"], (string?)e["onBehalfOf"]))];

    /// <summary>Files a record for the item.</summary>
    public async Task FileAsync(string persona, string item, string record, string type)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes($"{item} {record}"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "file", record + ".txt");
        foreach (var (name, value) in new[] { ("type", type), ("title", record), ("subject", $"item-{fiscalYear}-{item}"), ("record", record), ("fiscalYear", fiscalYear) })
        {
            form.Add(new StringContent(value), name);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "api/evidence") { Content = form };
        request.Headers.Add("X-Isms-Persona", persona);
        using var response = await app.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Files what the item still lacks.</summary>
    public async Task FileMissingAsync(string persona, string item)
    {
        foreach (var record in (await ReadAsync(item))["records"]!.AsArray().Where(r => r!["evidence"]!.AsArray().Count == 0))
        {
            await FileAsync(persona, item, (string)record!["key"]!, (string)record["type"]!);
        }
    }

    public async Task DoAsync(string persona, string item, string command, object? body = null)
    {
        (await app.PostAsync(persona, $"years/{fiscalYear}/items/{item}/{command}", body)).Expect(200);
        await app.SettleAsync();
    }

    /// <summary>The persona who plays a role.</summary>
    public static string PersonaOf(string role, string? department) => role switch
    {
        "topManagement" => "topManagement",
        "ismsManager" => "manager",
        "secretariat" => "secretariat",
        "internalAuditor" => "auditor",
        "systemAdministrator" => "admin",
        "departmentLead" => "owner:" + Firm().FindDepartment(department!)!.LeadId,
        _ => "owner:kobayashi",
    };
}
