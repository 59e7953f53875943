using System.Security.Cryptography;
using Isms.Rules;
using Isms.Sealing;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Sealing;

/// <summary>Signs the ledger's head – only one that continues everything that was signed before – and proves how two heads hang together.</summary>
public sealed class LedgerSeal(Ledger ledger, SealStore store, IHeadSigner signer, Anchors anchors, TimeProvider clock)
{
    /// <summary>What is not as it should be with the ledger and its signed heads.</summary>
    public async Task<IReadOnlyList<TamperFault>> CheckAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Faults;

    /// <summary>Signs the present head, unless it is signed already, and has it anchored where that is configured; null while the ledger is empty.</summary>
    /// <exception cref="RefusedException">The ledger contradicts what was signed before, or there is no key.</exception>
    public async Task<SignedHead?> SignAsync(CancellationToken cancellationToken)
    {
        var (head, faults) = await ReadAsync(cancellationToken);
        if (faults is [var fault, ..])
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "ledger-broken", null, null, fault.Text.En));
        }

        if (head.Size == 0)
        {
            return null;
        }

        var signed = await store.FindAsync(head.Size, cancellationToken) ?? await SignAsync(head, cancellationToken);
        await anchors.AnchorAsync(signed, cancellationToken);
        return signed;
    }

    /// <summary>Proves that the ledger at the size <paramref name="to"/> begins with all that it had at <paramref name="from"/> (RFC 6962, 2.1.2).</summary>
    /// <exception cref="RefusedException">The ledger has no such sizes.</exception>
    public async Task<ConsistencyProof> ProveAsync(long from, long to, CancellationToken cancellationToken)
    {
        var size = (await ledger.HeadAsync(cancellationToken)).Size;
        if (from < 1 || from > to || to > size)
        {
            var (field, value) = to > size ? ("to", to) : ("from", from);
            var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "ledger-size-unknown", field, text, text, size));
        }

        var nodes = await ledger.ReadNodesAsync([from, to], cancellationToken);
        return new ConsistencyProof(
            from, Convert.ToHexStringLower(nodes.RootAt(from)), to, Convert.ToHexStringLower(nodes.RootAt(to)), [.. nodes.ConsistencyProof(from, to).Select(Convert.ToHexStringLower)]);
    }

    private async Task<SignedHead> SignAsync(LedgerHead head, CancellationToken cancellationToken)
    {
        var named = await signer.KeyAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var at = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerSecond));
        var key = new SealingKey(SealingKey.IdOf(named.SubjectPublicKeyInfo), PemEncoding.WriteString("PUBLIC KEY", named.SubjectPublicKeyInfo) + "\n", at);
        var signature = await signer.SignDigestAsync(named, SHA256.HashData(SignedHead.BytesOf(head.Size, head.Root, at, key.Id)), cancellationToken);
        var sealedHead = new SignedHead(head.Size, head.Root, at, key.Id, Convert.ToBase64String(signature));
        if (!sealedHead.IsSignedBy(key))
        {
            throw new InvalidDataException($"What the key '{key.Id}' signed does not verify.");
        }

        // The key first: a head whose key nobody knows would look forged.
        await store.AddAsync(key, cancellationToken);
        return await store.AddAsync(sealedHead, cancellationToken);
    }

    /// <summary>
    /// Reads what came last first – anchors, heads, keys, ledger – since others may append and sign meanwhile: so a head is never read without the entries it covers, nor
    /// an anchor without its head.
    /// </summary>
    private async Task<(LedgerHead Head, IReadOnlyList<TamperFault> Faults)> ReadAsync(CancellationToken cancellationToken)
    {
        var stamps = await store.ListAnchorsAsync(cancellationToken).ToListAsync(cancellationToken);
        var signed = await store.ListAsync(0, cancellationToken).ToListAsync(cancellationToken);
        var keys = await store.KeysAsync(cancellationToken);
        LedgerHead head;
        try
        {
            head = await ledger.HeadAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            return (new LedgerHead(0, "", null), [new TamperFault(TamperKind.HeadUnreadable, "head", null, e.Message)]);
        }

        try
        {
            var leaves = await ledger.ReadLeavesAsync(head.Size, cancellationToken);
            return (head, [.. LedgerCheck.Check(leaves, head.Root, signed, keys), .. anchors.Check(stamps, signed)]);
        }
        catch (InvalidDataException e)
        {
            return (head, [new TamperFault(TamperKind.HeadDiffers, head.Size.ToString(System.Globalization.CultureInfo.InvariantCulture), head.Root, e.Message)]);
        }
    }
}

/// <summary>Shows that one state of the ledger begins with another.</summary>
/// <param name="From">The earlier size.</param>
/// <param name="FromRoot">The root at it, lower-case hex.</param>
/// <param name="To">The later size.</param>
/// <param name="ToRoot">The root at it.</param>
/// <param name="Path">The hashes of the proof.</param>
public sealed record ConsistencyProof(long From, string FromRoot, long To, string ToRoot, IReadOnlyList<string> Path);
