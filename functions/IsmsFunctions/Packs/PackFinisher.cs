using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Packs;
using Isms.Registers;
using Isms.Sealing;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers;
using IsmsFunctions.Registers.Files;
using IsmsFunctions.Sealing;

namespace IsmsFunctions.Packs;

/// <summary>Writes what stands at the head of a pack: indexes, registers, proofs, the list of hashes and its signature.</summary>
public sealed class PackFinisher(
    PackBlobs plans, EvidenceBlobs blobs, Ledger ledger, SealStore seals, IHeadSigner signer, IDisposedItems disposedItems, RegisterStore registers,
    OrganizationStore organizations)
{
    /// <summary>Writes it, and says how many members the pack has and how long its zip file is.</summary>
    public async Task<(long Members, long Length)> FinishAsync(Pack pack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var organization = await organizations.GetAsync(cancellationToken);
        var key = await signer.KeyAsync(cancellationToken);
        var keyId = SealingKey.IdOf(key.SubjectPublicKeyInfo);
        var tables = await WriteRegistersAsync(pack, organization, cancellationToken);
        var head = new PackHead(
            organization.Name, pack.Scope, pack.Head.At, pack.Head.Size, pack.Head.Root, keyId, pack.RegistersAsOf, [.. tables.Select(t => (t.Member.Name, t.Title))]);
        var verify = Texts.Get("pack.verify", keyId, pack.Head.Size, pack.Head.Root);
        List<PackMember> members =
        [
            await WriteAsync(pack, PackFiles.Verify, Encoding.UTF8.GetBytes($"{verify.Ja}\n\n{verify.En}"), cancellationToken),
            .. await WriteIndexesAsync(pack, head, cancellationToken),
            await WriteAsync(pack, PackFiles.PublicKey, Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", key.SubjectPublicKeyInfo) + "\n"), cancellationToken),
            .. tables.Select(t => t.Member),
        ];
        var sums = await WriteSumsAsync(pack, members, cancellationToken);
        var signature = await signer.SignDigestAsync(key, Convert.FromHexString(sums.Sha256), cancellationToken);
        var signed = await WriteAsync(pack, PackFiles.Signature, signature, cancellationToken);
        await plans.WriteMembersAsync(pack.Id, PackBlobs.HeadSlice, [.. members[..3], sums, signed, .. members[3..]], cancellationToken);
        return await new PackContents(pack, plans, blobs).ToZip().MeasureAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<(PackMember Member, LocalizedText Title)>> WriteRegistersAsync(Pack pack, Organization organization, CancellationToken cancellationToken)
    {
        var book = await registers.ReadAsOfAsync(pack.RegistersAsOf, cancellationToken);
        var culture = CultureInfo.GetCultureInfo(organization.Culture);
        var written = new List<(PackMember, LocalizedText)>();
        foreach (var definition in RegisterDefinitions.Of(organization).All.Where(d => book.Entries(d.Name).Count > 0).OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            // An auditor sees how the registers are kept, not what they hold of people's private affairs.
            var shown = definition with { Fields = [.. definition.Fields.Where(f => !f.IsSensitive)] };
            var file = TableFiles.Get("xlsx");
            using var bytes = new MemoryStream();
            await file.WriteAsync(RegisterTables.ToTable(shown, book.Entries(definition.Name)), shown, culture, bytes, cancellationToken);
            written.Add((await WriteAsync(pack, $"{PackFiles.Registers}{definition.Name}.xlsx", bytes.ToArray(), cancellationToken), definition.Title));
        }

        return written;
    }

    /// <summary>The page, the table and the ledger's two files: one walk over the items writes all of them.</summary>
    private async Task<IReadOnlyList<PackMember>> WriteIndexesAsync(Pack pack, PackHead head, CancellationToken cancellationToken)
    {
        var leaves = await ledger.ListEntriesAsync(pack.Head.Size, cancellationToken).ToListAsync(cancellationToken);
        var places = leaves.ToDictionary(e => e.Id, e => e.Index, StringComparer.Ordinal);
        var levels = new MerkleLevels([.. leaves.Select(e => Convert.FromHexString(e.LeafHash))]);
        var heads = await seals.ListAsync(0, cancellationToken).Where(h => h.Size <= pack.Head.Size).ToListAsync(cancellationToken);
        var page = new PackPage(head);
        await using var readme = plans.Create(pack.Id, PackFiles.Readme);
        await using var index = plans.Create(pack.Id, PackFiles.Index);
        await using var proofs = plans.Create(pack.Id, PackFiles.Proofs);
        await readme.WriteAsync(page.Begin(), cancellationToken);
        await index.WriteAsync(PackIndex.Head, cancellationToken);
        await foreach (var line in LedgerPages.ProofsAsync(heads, levels, Seen(ReadItemsAsync(pack, places, leaves, cancellationToken))))
        {
            await proofs.WriteAsync(line + "\n", cancellationToken);
        }

        await readme.WriteAsync(page.End(), cancellationToken);
        return
        [
            await readme.CompleteAsync(cancellationToken, PackFiles.Readme), await index.CompleteAsync(cancellationToken, PackFiles.Index),
            await WriteHeadsAsync(pack, heads, cancellationToken), await proofs.CompleteAsync(cancellationToken, PackFiles.Proofs),
        ];

        async IAsyncEnumerable<PackedItem> Seen(IAsyncEnumerable<PackedItem> items)
        {
            await foreach (var item in items)
            {
                await readme.WriteAsync(page.Row(item), cancellationToken);
                foreach (var line in PackIndex.LinesOf(item))
                {
                    await index.WriteAsync(line, cancellationToken);
                }

                yield return item;
            }
        }
    }

    private async Task<PackMember> WriteHeadsAsync(Pack pack, IReadOnlyList<SignedHead> heads, CancellationToken cancellationToken)
    {
        var keys = await seals.KeysAsync(cancellationToken);
        var stamps = await seals.ListAnchorsAsync(cancellationToken).ToDictionaryAsync(a => a.Size, a => a.Token, cancellationToken: cancellationToken);
        return await WriteAsync(pack, PackFiles.Heads, Encoding.UTF8.GetBytes(string.Join('\n', LedgerPages.Heads(heads, keys, stamps)) + "\n"), cancellationToken);
    }

    private async IAsyncEnumerable<PackedItem> ReadItemsAsync(
        Pack pack, Dictionary<string, long> places, List<LedgerEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var disposed = await disposedItems.ListAsync(cancellationToken);
        for (var slice = 1; slice <= pack.Slices; slice++)
        {
            var content = await plans.ReadContentAsync(pack.Id, slice, cancellationToken);
            await foreach (var (member, _, offset) in plans.ReadMembersAsync(pack.Id, slice, slice, cancellationToken))
            {
                if (member.Blob is null)
                {
                    var item = JsonSerializer.Deserialize<EvidenceManifest>(content.Span.Slice((int)offset, (int)member.Length), Json.Options)!;
                    var place = places[item.Id];
                    yield return new PackedItem(item, place, entries[(int)place].LeafHash, disposed.GetValueOrDefault(item.Id));
                }
            }
        }
    }

    private async Task<PackMember> WriteSumsAsync(Pack pack, IReadOnlyList<PackMember> head, CancellationToken cancellationToken)
    {
        await using var sums = plans.Create(pack.Id, PackFiles.Sums);
        foreach (var member in head)
        {
            await sums.WriteAsync($"{member.Sha256}  {member.Name}\n", cancellationToken);
        }

        await foreach (var (member, _, _) in plans.ReadMembersAsync(pack.Id, 1, pack.Slices, cancellationToken))
        {
            await sums.WriteAsync($"{member.Sha256}  {member.Name}\n", cancellationToken);
        }

        return await sums.CompleteAsync(cancellationToken, PackFiles.Sums);
    }

    private async Task<PackMember> WriteAsync(Pack pack, string name, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var writer = plans.Create(pack.Id, name);
        await writer.WriteAsync(bytes, cancellationToken);
        return await writer.CompleteAsync(cancellationToken, name);
    }
}
