using System.Text.RegularExpressions;
using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary>
/// The scripts for Windows, which nothing here can run. They do nothing but hand their options to the bash scripts, so there is no second order of calls to keep the same; that they
/// are written so that both Windows PowerShell 5.1 and PowerShell 7 read them is checked by their text.
/// </summary>
public sealed class PowerShellScriptTests
{
    private static readonly string[] Known = ["Join-Path", "Get-Command", "Test-Path", "Select-Object", "Where-Object", "Write-Error"];

    public static TheoryData<string> Scripts() => ["deploy", "remove"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_calls_nothing_of_Azure_itself_and_hands_everything_on(string name)
    {
        var code = Code(Read(name));

        Assert.DoesNotMatch(@"(^|[\s;|&])az(\.cmd)?\s", code);
        Assert.Single(Regex.Matches(code, @"& \$bash \$script @args"));
        Assert.EndsWith("exit $LASTEXITCODE", code.Trim(), StringComparison.Ordinal);
        Assert.Contains($"Join-Path $PSScriptRoot '{name}.sh'", Read(name), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository.Root, "scripts", $"{name}.sh")));
    }

    [Fact]
    public void Both_scripts_are_the_same_but_for_the_name() =>
        Assert.Equal(Read("deploy"), Read("remove").Replace("remove.sh", "deploy.sh", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_is_read_by_old_and_new_PowerShell(string name) => Assert.Empty(Faults(Read(name)));

    [Theory]
    [InlineData("if ($a) { $b")]
    [InlineData("$a = 'open")]
    [InlineData("$a = $b ?? 'c'")]
    [InlineData("$a = $b ? 1 : 2")]
    [InlineData("git pull && az login")]
    [InlineData("Get-Content x | Out-Host")]
    [InlineData("$a = \"$undefined\"")]
    public void Faulty_script_is_found_out(string source) => Assert.NotEmpty(Faults(source));

    private static List<string> Faults(string source)
    {
        var faults = new List<string>();
        var code = Code(source);
        if (code.Contains('\'') || code.Count(c => c == '"') % 2 != 0)
        {
            faults.Add("a text that does not end");
        }

        var open = new Stack<char>();
        foreach (var c in code)
        {
            if (c is '{' or '(' or '[')
            {
                open.Push(c);
            }
            else if (c is '}' or ')' or ']' && (open.Count == 0 || open.Pop() != (c == '}' ? '{' : c == ')' ? '(' : '[')))
            {
                faults.Add($"a {c} that closes nothing");
            }
        }

        faults.AddRange(open.Select(c => $"a {c} that stays open"));
        faults.AddRange(Regex.Matches(code, @"\?\?|\?\.|\s\?\s|&&|\|\|").Select(m => $"'{m.Value}' is not read by Windows PowerShell 5.1"));
        faults.AddRange(Regex.Matches(code, @"\b[A-Z][a-z]+-[A-Z][A-Za-z]+").Select(m => m.Value).Except(Known).Select(c => $"{c} is not among the commands that were looked up"));
        var made = Regex.Matches(code, @"\$([A-Za-z]+)\s*\+?=").Select(m => m.Groups[1].Value).Concat(["env", "PSScriptRoot", "args", "LASTEXITCODE", "_"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        faults.AddRange(Regex.Matches(code, @"\$([A-Za-z_]+)").Select(m => m.Groups[1].Value).Where(v => !made.Contains(v)).Select(v => $"${v} has no value"));
        return faults;
    }

    /// <summary>The script without comments and without what stands in single quotes.</summary>
    private static string Code(string source) => Regex.Replace(Regex.Replace(source, "'[^'\n]*'", "_"), @"(?m)^\s*#.*$", "");

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "scripts", $"{name}.ps1")).ReplaceLineEndings("\n");
}
