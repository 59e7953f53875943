using System.Globalization;
using System.Text.Json;
using Isms.Documents;
using Isms.Organizations;
using Isms.Registers;
using Isms.Registers.Printing;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Hosting;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.Documents;

/// <summary>The registers of the sample organisation on paper.</summary>
internal static class SamplePapers
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    /// <summary>The sample organisation.</summary>
    public static Organization Organization { get; } =
        JsonSerializer.Deserialize<Organization>(File.ReadAllText(Repository.SampleOrganization), Json.Strict)!;

    /// <summary>A register as it is printed.</summary>
    public static PrintedDocument Of(string name, string culture = "ja-JP")
    {
        var entries = Entries(culture);
        var register = RegisterCatalogue.Find(name)!;
        var head = new PaperHead(Organization, "3", Today, Organization.InRole(Role.Secretariat).First().Id);
        var texts = new PaperTexts(Organization, (r, id) => entries[r].FirstOrDefault(e => e.Id == id));
        return name == ControlFields.Register
            ? StatementPaper.Of(register, entries[name], head, texts, EvidenceOf)
            : RegisterPaper.Of(register, entries[name], head, texts, new Dictionary<string, Uri>());
    }

    /// <summary>The starter content as entries, by register.</summary>
    public static ILookup<string, RegisterEntry> Entries(string culture) =>
        SampleContent.For(Organization, CultureInfo.GetCultureInfo(culture), new FiscalYear(2026, Organization.FiscalYearStartMonth))
            .ToLookup(s => s.Register, s => new RegisterEntry
            {
                Id = s.Id, Revision = 1, Values = s.Values, IsSample = true, ChangedAt = DateTimeOffset.UnixEpoch, ChangedBy = "system",
            });

    /// <summary>Two controls have evidence, one of them two items of the same title and day.</summary>
    private static IReadOnlyList<ShownEvidence> EvidenceOf(string control) => control switch
    {
        "5.18" => [Evidence("access-rights.202606300000-202607010000.0123456789ab", "アクセス権一覧", "Access rights"), Evidence("access-rights.manual.ba9876543210", "アクセス権一覧", "Access rights")],
        "8.15" => [Evidence("sign-ins.202606300000-202607010000.0123456789ab", "サインインログ(対話型)", "Interactive sign-ins")],
        _ => [],
    };

    private static ShownEvidence Evidence(string id, string ja, string en) => new(id, new LocalizedText(ja, en), Today, new Uri("https://isms.example.co.jp/api/evidence/" + id));
}
