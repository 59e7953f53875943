using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Isms.Evidence;
using Isms.Text;

namespace Isms.Packs;

/// <summary>What stands at the top of a pack's index.</summary>
/// <param name="Organization">Whose evidence it is.</param>
/// <param name="Scope">Which evidence it is.</param>
/// <param name="At">When the ledger's head was signed.</param>
/// <param name="LedgerSize">How many entries the ledger had.</param>
/// <param name="Root">The root over them.</param>
/// <param name="KeyId">Which key signed.</param>
/// <param name="RegistersAsOf">The moment whose registers are in the pack.</param>
/// <param name="Registers">The names and titles of the registers.</param>
public sealed record PackHead(
    LocalizedText Organization, PackScope Scope, DateTimeOffset At, long LedgerSize, string Root, string KeyId, DateTimeOffset RegistersAsOf,
    IReadOnlyList<(string File, LocalizedText Title)> Registers);

/// <summary>
/// <c>README.html</c>: the index to read, in both languages, by clause, control and date, with a search. It opens from a folder without any network; its policy permits
/// nothing but its own style and script, and every text of a record is encoded.
/// </summary>
public sealed class PackPage(PackHead head)
{
    private const string None = "–";
    private static readonly string[] Columns = ["number", "recorded", "type", "item", "clauses", "controls", "files"];
    private readonly SortedDictionary<string, List<int>> byClause = new(ByNumber);
    private readonly SortedDictionary<string, List<int>> byControl = new(ByNumber);
    private readonly SortedDictionary<string, List<int>> byMonth = new(StringComparer.Ordinal);
    private int count;

    private static Comparer<string> ByNumber { get; } = Comparer<string>.Create((a, b) => string.CompareOrdinal(Padded(a), Padded(b)));

    /// <summary>The page up to the first item.</summary>
    public string Begin() => new StringBuilder()
        .Append("<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '").Append(HashOf(Style))
        .Append("'; script-src '").Append(HashOf(Script)).Append("'\">\n<title>").Append(Plain("pack.title")).Append("</title>\n<style>").Append(Style)
        .Append("</style>\n</head>\n<body>\n<header>\n<h1>").Append(Both("pack.title")).Append("</h1>\n<p>").Append(Both(head.Organization)).Append("</p>\n")
        .Append("<dl>\n").Append(Fact("pack.scope", head.Scope.ToString())).Append(Fact("pack.at", Moment(head.At)))
        .Append(Fact("pack.ledger", head.LedgerSize.ToString(CultureInfo.InvariantCulture) + " / " + head.Root)).Append(Fact("pack.key", head.KeyId))
        .Append(Fact("pack.registers-as-of", Moment(head.RegistersAsOf))).Append("</dl>\n<p>").Append(Both("pack.how-to-verify"))
        .Append(" <a href=\"VERIFY.txt\">VERIFY.txt</a> · <a href=\"index.csv\">index.csv</a></p>\n</header>\n<form id=\"find\" hidden>\n<label>").Append(Both("pack.search"))
        .Append(" <input id=\"q\" type=\"search\" size=\"30\"></label>\n<label>").Append(Both("pack.from")).Append(" <input id=\"from\" type=\"date\"></label>\n<label>")
        .Append(Both("pack.to")).Append(" <input id=\"to\" type=\"date\"></label>\n<button id=\"ja\" type=\"button\">日本語</button> <button id=\"en\" type=\"button\">English</button>\n")
        .Append("<output id=\"n\"></output>\n</form>\n<h2>").Append(Both("pack.items")).Append("</h2>\n<table id=\"items\">\n<thead><tr>")
        .AppendJoin("", Columns.Select(c => $"<th>{Both("pack." + c)}</th>"))
        .Append("</tr></thead>\n<tbody>\n").ToString();

    /// <summary>An item's row.</summary>
    public string Row(PackedItem packed)
    {
        ArgumentNullException.ThrowIfNull(packed);
        var item = packed.Item;
        var number = ++count;
        foreach (var clause in item.Clauses)
        {
            Add(byClause, clause, number);
        }

        foreach (var control in item.Controls)
        {
            Add(byControl, control, number);
        }

        var day = item.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Add(byMonth, day[..7], number);
        var row = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<tr id=\"i{number}\" data-day=\"{day}\"><td>{number}</td><td>{day}</td><td>")
            .Append(Both("pack.type." + EvidencePaths.NameOf(item.Type))).Append("</td><td><strong>").Append(Both(item.Title)).Append("</strong><br><code>")
            .Append(Encode(item.Id)).Append("</code>").Append(item.Completeness.Gaps.Count == 0 ? "" : "<br>" + Both("pack.partial"))
            .Append(packed.DisposedBy is null ? "" : "<br>" + Both("pack.disposed")).Append("</td><td>").Append(Encode(string.Join(' ', item.Clauses))).Append("</td><td>")
            .Append(Encode(string.Join(' ', item.Controls))).Append("</td><td>");
        var names = PackNames.FilesOf(item);
        for (var i = 0; i < names.Count && packed.DisposedBy is null; i++)
        {
            row.Append(IsOpened(item, item.Files[i]) ? Link(names[i], item.Files[i].Path) : Encode(item.Files[i].Path)).Append("<br>");
        }

        return row.Append(Link(PackNames.ManifestOf(item), EvidencePaths.Manifest)).Append("</td></tr>\n").ToString();
    }

    /// <summary>The rest of the page: registers, and the items by clause, control and month.</summary>
    public string End() => new StringBuilder("</tbody>\n</table>\n<h2>").Append(Both("pack.registers")).Append("</h2>\n<ul>\n")
        .AppendJoin("", head.Registers.Select(r => $"<li><a href=\"{Address(r.File)}\">{Both(r.Title)}</a></li>\n")).Append("</ul>\n")
        .Append(Group("pack.by-clause", byClause)).Append(Group("pack.by-control", byControl)).Append(Group("pack.by-month", byMonth))
        .Append("<script>").Append(Script).Append("</script>\n</body>\n</html>\n").ToString();

    /// <summary>Pages that somebody uploaded are named, not linked: opened from a folder they could do what they like.</summary>
    private static bool IsOpened(EvidenceManifest item, EvidenceFile file)
    {
        string[] active = [".html", ".htm", ".xhtml", ".svg", ".xml", ".js", ".mjs", ".exe", ".bat", ".cmd", ".ps1", ".vbs", ".hta", ".lnk", ".url", ".scr", ".jar", ".msi", ".com", ".chm"];
        return item.Source.Upload is null || !active.Contains(Path.GetExtension(file.Path), StringComparer.OrdinalIgnoreCase);
    }

    private static string Group(string title, SortedDictionary<string, List<int>> groups)
    {
        var text = new StringBuilder("<h2>").Append(Both(title)).Append("</h2>\n");
        foreach (var (name, numbers) in groups)
        {
            text.Append("<details><summary>").Append(Encode(name)).Append(CultureInfo.InvariantCulture, $" ({numbers.Count})</summary><p>")
                .AppendJoin(" ", numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"<a href=\"#i{n}\">{n}</a>"))).Append("</p></details>\n");
        }

        return text.ToString();
    }

    private static void Add(SortedDictionary<string, List<int>> groups, string key, int number)
    {
        if (!groups.TryGetValue(key, out var numbers))
        {
            groups[key] = numbers = [];
        }

        numbers.Add(number);
    }

    private static string Padded(string number) => string.Join('.', number.Split('.').Select(p => p.PadLeft(4, '0')));

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Fact(string key, string value) => $"<dt>{Both(key)}</dt><dd>{Encode(value)}</dd>\n";

    private static string Plain(string key) => Encode(Texts.Get(key).Ja + " / " + Texts.Get(key).En);

    private static string Both(string key) => Both(Texts.Get(key));

    private static string Both(LocalizedText text) => text.Ja == text.En
        ? Encode(text.Ja.Length == 0 ? None : text.Ja)
        : $"<span lang=\"ja\">{Encode(text.Ja)}</span> <span lang=\"en\">{Encode(text.En)}</span>";

    private static string Link(string name, string shown) => $"<a href=\"{Address(name)}\">{Encode(shown)}</a>";

    private static string Address(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private const string Style = """

        :root { color-scheme: light dark; }
        body { margin: 1.5rem auto; max-width: 78rem; padding: 0 1rem; font: 15px/1.6 "Noto Sans JP", "Yu Gothic", Meiryo, "Hiragino Sans", "Segoe UI", sans-serif; }
        h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 1.6rem 0 .5rem; border-left: .3rem solid #2b5c8a; padding-left: .6rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .8rem 0; } dt { color: #567; } dd { margin: 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #8a95a0; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        th { background: #2b5c8a; color: #fff; position: sticky; top: 0; }
        [hidden] { display: none !important; } code { font-size: .85em; } form { display: flex; flex-wrap: wrap; gap: .8rem; align-items: center; } tr:target { outline: .2rem solid #d08700; }
        body.ja [lang=en], body.en [lang=ja] { display: none; }
        @media print { form { display: none; } th { position: static; } }

        """;

    private const string Script = """

        'use strict';
        const find = document.getElementById('find'), q = document.getElementById('q'), from = document.getElementById('from'), to = document.getElementById('to');
        const rows = [...document.querySelectorAll('#items tbody tr')].map(row => ({ row, text: row.textContent.normalize('NFKC').toLowerCase(), day: row.dataset.day }));
        function show() {
          const words = q.value.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
          let shown = 0;
          for (const { row, text, day } of rows) {
            row.hidden = !words.every(w => text.includes(w)) || (from.value && day < from.value) || (to.value && day > to.value);
            shown += row.hidden ? 0 : 1;
          }
          document.getElementById('n').textContent = shown + ' / ' + rows.length;
        }
        for (const field of [q, from, to]) field.addEventListener('input', show);
        find.addEventListener('submit', e => e.preventDefault());
        for (const language of ['ja', 'en']) document.getElementById(language).addEventListener('click', () => {
          document.body.className = language;
          document.documentElement.lang = language;
        });
        document.body.className = (navigator.language || 'ja').startsWith('ja') ? 'ja' : 'en';
        document.documentElement.lang = document.body.className;
        find.hidden = false;
        show();

        """;
}
