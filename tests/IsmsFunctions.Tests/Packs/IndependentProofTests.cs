using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Isms.Evidence;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Packs;

/// <summary>Our proofs, checked by a program in another language that shares nothing with ours but the RFC.</summary>
public sealed class IndependentProofTests
{
    private static readonly string Program = Path.Combine(Repository.Root, "tests", "IsmsFunctions.Tests", "Packs", "check_proofs.py");

    [Fact]
    public async Task All_proofs_of_trees_of_1_to_130_leaves_agree_with_Python()
    {
        var trees = Enumerable.Range(1, 130).Select(size =>
        {
            var leaves = Enumerable.Range(0, size).Select(i => MerkleTree.LeafHash(BitConverter.GetBytes(i * size))).ToArray();
            var levels = new MerkleLevels(leaves);
            return new
            {
                leaves = leaves.Select(Convert.ToHexStringLower),
                root = Convert.ToHexStringLower(levels.Root),
                inclusion = Enumerable.Range(0, size).Select(i => levels.InclusionProof(i).Select(Convert.ToHexStringLower)),
                consistency = Enumerable.Range(1, size).Select(i => MerkleTree.ConsistencyProof(leaves, i).Select(Convert.ToHexStringLower)),
            };
        });

        var (exit, output) = await PythonAsync(JsonSerializer.Serialize(trees), Program, "trees");
        Assert.True(exit == 0, output);
        Assert.Equal(130 * 131, int.Parse(output, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_pack_agrees_with_Python_and_a_changed_one_does_not()
    {
        await using var app = await RunningApp.StartAsync();
        await PackTests.RecordAsync(app, 5);
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
        await PackTests.RecordAsync(app, 6, from: 5);
        using var folder = new UnpackedPack(await PackTests.DownloadAsync(app, await PackTests.MakeAsync(app, new { fiscalYear = "FY2026" })));

        Assert.Equal((0, "12\n"), await PythonAsync("", Program, "pack", folder.Root));
        var manifest = Directory.EnumerateFiles(folder.Root, "manifest.json", SearchOption.AllDirectories).First();
        await File.AppendAllTextAsync(manifest, " ");
        Assert.NotEqual(0, (await PythonAsync("", Program, "pack", folder.Root)).Exit);
    }

    private static async Task<(int Exit, string Output)> PythonAsync(string input, params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.StandardInput.WriteAsync(input);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        return (python.ExitCode, await output + await errors);
    }
}
