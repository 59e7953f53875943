using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers;
using IsmsFunctions.Tests.Evidence;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace IsmsFunctions.Tests.Registers;

/// <summary>Registers on an Azurite of their own, kept by as many processes as a test wants; storage can be made to fail.</summary>
internal sealed class RegisterBench : IDisposable
{
    private static readonly Organization Sample = new()
    {
        Name = LocalizedText.Same("Sample"),
        Departments = [new Department("it", LocalizedText.Same("IT"), "sato")],
        People = [new Person("sato", LocalizedText.Same("Sato"), "sato@example.co.jp", "it", Enum.GetValues<Role>())],
    };

    private RegisterBench(EvidenceBench storage) => Storage = storage;

    public EvidenceBench Storage { get; }

    public static async Task<RegisterBench> StartAsync()
    {
        var bench = new RegisterBench(await EvidenceBench.StartAsync());
        var states = new StateStore(bench.Storage.Storage, bench.Storage.Clock);
        await states.PrepareAsync(default);
        await bench.Organizations(states).PutAsync(Sample, null, default);
        await bench.Process().Store.PrepareAsync(default);
        bench.Storage.ResetCounts();
        return bench;
    }

    /// <summary>A process of the app that has just started.</summary>
    public RegisterProcess Process(StorageAccounts? storage = null)
    {
        storage ??= Storage.Storage;
        var blobs = new RegisterBlobs(storage);
        var store = new RegisterStore(new RegisterLog(storage, blobs), blobs, Storage.Clock, NullLogger<RegisterStore>.Instance);
        var states = new StateStore(storage, Storage.Clock);
        var editor = new RegisterEditor(store, Organizations(states), Substitute.For<IEvidenceStore>(), [new AssetValueRule()], Storage.Clock);
        return new RegisterProcess(store, editor, new RegisterImports(editor, store, blobs, states, new Sequences(states), Storage.Clock));
    }

    public void Dispose() => Storage.Dispose();

    private OrganizationStore Organizations(StateStore states) => new(states, Options.Create(new IsmsOptions()), Storage.Clock);
}

/// <summary>What a process of the app keeps registers with.</summary>
internal sealed record RegisterProcess(RegisterStore Store, RegisterEditor Editor, RegisterImports Imports)
{
    public static readonly RegisterDefinition Assets = RegisterCatalogue.Find("assets")!;

    public static RegisterAuthor Author(string? key = null) => new("sato", RegisterChange.Edit, key);

    /// <summary>Values that an asset must have, and some more.</summary>
    public static Dictionary<string, string> Values(params (string Field, string Value)[] more) => ValuesOf(Assets, more);

    public async Task<RegisterEntry> CreateAsync(params (string Field, string Value)[] values)
    {
        var committed = await Editor.ApplyAsync([new ProposedChange("assets", null, RegisterChangeKind.Created, Values(values))], Author(), null, default);
        return committed.Book.Find("assets", committed.Changes[0].Id)!;
    }

    public Task<RegisterCommitted> ChangeAsync(string id, int revision, params (string Field, string Value)[] values) =>
        Editor.ApplyAsync([new ProposedChange("assets", id, RegisterChangeKind.Changed, Values(values), revision)], Author(), null, default);

    public Task<RegisterCommitted> DeleteAsync(string register, string id) =>
        Editor.ApplyAsync([new ProposedChange(register, id, RegisterChangeKind.Deleted, new Dictionary<string, string>())], Author(), null, default);

    /// <summary>Writes a risk that refers to an asset.</summary>
    public Task<RegisterCommitted> ReferAsync(string asset) => Editor.ApplyAsync(
        [new ProposedChange("risks", null, RegisterChangeKind.Created, ValuesOf(RegisterCatalogue.Find("risks")!, ("assets", asset)))], Author(), null, default);

    /// <summary>A table of new assets.</summary>
    public static TableText Table(int rows)
    {
        var values = Values();
        return new TableText([.. values.Keys], [.. Enumerable.Range(0, rows).Select(i => new TableRow(i + 2, [.. values.Select(v => v.Key == "name" ? $"asset {i}" : v.Value)]))]);
    }

    private static Dictionary<string, string> ValuesOf(RegisterDefinition definition, params (string Field, string Value)[] more)
    {
        var values = definition.Fields.Where(f => f is { IsRequired: true, IsComputed: false }).ToDictionary(f => f.Name, f => f.Type switch
        {
            FieldType.Choice => f.Choices[0].Value,
            FieldType.Integer or FieldType.Number => "1",
            FieldType.Boolean => "true",
            FieldType.Date => "2026-04-01",
            FieldType.Person => "sato",
            FieldType.Department => "it",
            _ => f.Name,
        });
        foreach (var (field, value) in more)
        {
            values[field] = value;
        }

        return values;
    }
}
