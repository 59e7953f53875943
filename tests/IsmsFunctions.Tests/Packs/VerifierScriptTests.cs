using System.Text;
using System.Text.RegularExpressions;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.Packs;

/// <summary>
/// The verifier for Windows cannot be run where these tests run. What can be told from its text is: that it is whole, that it calls nothing that Windows PowerShell 5.1
/// lacks, and that it finds the same faults in the same words as the script that is run.
/// </summary>
public sealed partial class VerifierScriptTests
{
    private static readonly string PowerShell = File.ReadAllText(Path.Combine(Repository.Root, "scripts", "Verify-Pack.ps1"));
    private static readonly string Shell = File.ReadAllText(Path.Combine(Repository.Root, "scripts", "verify-pack.sh"));

    /// <summary>Of the faults of the shell script, those that unpacking itself tells on Windows, or that its file systems do not have.</summary>
    private static readonly string[] OnlyInShell = ["not a zip file, or cut short", "damaged", "is no regular file"];

    [Fact]
    public void Brackets_and_quotes_are_balanced()
    {
        var open = new Stack<char>();
        foreach (var c in Code(PowerShell))
        {
            if (c is '(' or '[' or '{')
            {
                open.Push(c);
            }
            else if (c is ')' or ']' or '}')
            {
                Assert.True(open.TryPop(out var opened) && (opened, c) is ('(', ')') or ('[', ']') or ('{', '}'), $"A '{c}' too many, or in the wrong place.");
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void Every_command_is_defined_in_it_or_part_of_Windows()
    {
        string[] ofWindows = ["New-Object", "Write-Host", "Where-Object", "ForEach-Object", "Sort-Object", "Test-Path", "Join-Path", "Resolve-Path", "Add-Type", "Remove-Item", "ConvertFrom-Json", "Set-StrictMode"];
        var code = Code(PowerShell);
        var defined = DefinedCommand().Matches(code).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var called = Command().Matches(code).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(called.Except(defined).Except(ofWindows));
        Assert.Empty(defined.Except(called.Where(c => Regex.Count(code, $@"(?<![\w-]){c}(?![\w-])") > 1)));
    }

    [Theory]
    [InlineData(@"\?\?")]
    [InlineData(@"\?\.")]
    [InlineData("&&")]
    [InlineData(@"\|\|")]
    [InlineData(@"\s\?\s")]
    [InlineData("-Parallel")]
    [InlineData(@"\bclass\b|\benum\b|\busing\b")]
    [InlineData(@"\[System\.Convert\]::(To|From)HexString|::HashData|ImportFromPem|ImportSubjectPublicKeyInfo")]
    public void Nothing_is_used_that_came_after_PowerShell_5_1_and_NET_Framework(string pattern) => Assert.DoesNotMatch(pattern, Code(PowerShell));

    [Fact]
    public void It_is_plain_ASCII_since_5_1_reads_a_file_without_a_mark_in_the_code_page_of_its_country() => Assert.True(Ascii.IsValid(PowerShell));

    [Fact]
    public void Both_scripts_find_the_same_faults_in_the_same_words()
    {
        var faults = ShellFault().Matches(Shell).Select(m => Variable().Split(m.Groups[1].Value).MaxBy(c => c.Length)!.TrimEnd(' ', ':', ',').Split(": ")[^1].Trim()).Distinct().ToList();
        Assert.True(faults.Count > 20, $"Only {faults.Count} faults were found in the shell script.");

        foreach (var fault in faults.Except(OnlyInShell))
        {
            Assert.Contains(fault, PowerShell, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Both_scripts_read_the_ledgers_lines_by_the_same_expressions()
    {
        foreach (var line in ShellLine().Matches(Shell).Select(m => m.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal)).Where(l => l.StartsWith("^\\{", StringComparison.Ordinal)))
        {
            // The shell takes the path of a consistency proof as it comes; here it is told from what is none.
            Assert.Contains(line.Replace("\\[(.*)\\]", "\\[([0-9a-f\",]*)\\]", StringComparison.Ordinal), PowerShell, StringComparison.Ordinal);
        }
    }

    /// <summary>The script without comments and without what stands in quotes.</summary>
    private static string Code(string script)
    {
        var code = new StringBuilder();
        for (var i = 0; i < script.Length; i++)
        {
            if (script.AsSpan(i).StartsWith("<#"))
            {
                i = script.IndexOf("#>", i, StringComparison.Ordinal) + 1;
            }
            else if (script[i] == '#')
            {
                i = script.IndexOf('\n', i);
                code.Append('\n');
            }
            else if (script[i] is '\'' or '"')
            {
                var quote = script[i];
                var end = i + 1;
                while (script[end] != quote)
                {
                    Assert.False(script[end] == '\n', $"A quote is not closed: {script[i..end]}");
                    end += quote == '"' && script[end] == '`' ? 2 : 1;
                }

                i = end;
                code.Append('_');
            }
            else
            {
                code.Append(script[i]);
            }
        }

        return code.ToString();
    }

    [GeneratedRegex(@"function ([A-Z]\w+-[A-Z]\w+)")]
    private static partial Regex DefinedCommand();

    [GeneratedRegex(@"(?<![\w.\$-])[A-Z][a-zA-Z]+-[A-Z][a-zA-Z]+(?![\w-])")]
    private static partial Regex Command();

    [GeneratedRegex("fault \"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex ShellFault();

    [GeneratedRegex(@"\$\{[^}]*\}|\$\(.*|\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"=~ (\S+) \]\]")]
    private static partial Regex ShellLine();
}
