using System.Diagnostics;
using System.Text.RegularExpressions;
using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary>A subscription that only a script's calls made, and runs of scripts against it.</summary>
internal sealed class FakeSubscription : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fake-subscription-");

    public static string Programs { get; } = Path.Combine(Repository.Root, "tests", "Infra.Tests", "Scripts", "programs");

    /// <summary>Every call since the last run began.</summary>
    public IReadOnlyList<string> Calls => Lines("calls");

    /// <summary>The same, however many permissions the collectors of the day need.</summary>
    public IReadOnlyList<string> CallsWhateverIsGranted =>
        [.. Calls.Select(c => Regex.Replace(c, "role-[A-Za-z.-]+", "role-*")).Aggregate(new List<string>(), (list, c) => list.Count > 0 && list[^1] == c ? list : [.. list, c])];

    public IReadOnlyList<string> Lines(string name) => Has(name) ? File.ReadAllLines(Path.Combine(folder.FullName, name)) : [];

    public bool Has(string name) => File.Exists(Path.Combine(folder.FullName, name));

    public FakeSubscription With(string name, string content = "")
    {
        File.WriteAllText(Path.Combine(folder.FullName, name), content);
        return this;
    }

    public FakeSubscription Without(string name)
    {
        File.Delete(Path.Combine(folder.FullName, name));
        return this;
    }

    /// <summary>Runs a script; its calls are kept, what it says and how it ends is answered.</summary>
    public (int ExitCode, string Said) Run(string script, params string[] arguments)
    {
        Without("calls");
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "scripts", script), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FAKE_AZ"] = folder.FullName;
        start.Environment["REPOSITORY"] = Repository.Root;
        start.Environment["ISMS_SMOKE_SECONDS"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, complained.Result + said.Result);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
