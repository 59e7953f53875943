using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Isms.Evidence;
using Isms.Sealing;

namespace Isms.Tests.Sealing;

public sealed class SignedHeadTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 18, 20, 0, TimeSpan.Zero);
    private readonly ECDsa private1 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void What_is_signed_is_canonical_JSON_that_anybody_can_write_down()
    {
        var bytes = SignedHead.BytesOf(12, "ab", Now, "k");

        Assert.Equal("""{"at":"2026-04-01T18:20:00Z","keyId":"k","root":"ab","size":12}""", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void A_head_is_signed_by_its_key_and_by_no_other()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var head = Sign(3, "aa");

        Assert.True(head.IsSignedBy(KeyOf(private1)));
        Assert.False(head.IsSignedBy(KeyOf(other)));
        Assert.False(head.IsSignedBy(KeyOf(other) with { Id = head.KeyId }));
    }

    [Fact]
    public void A_head_of_which_anything_was_changed_is_not_signed()
    {
        var (head, key) = (Sign(3, "aa"), KeyOf(private1));

        Assert.All(
            new[]
            {
                head with { Size = 4 },
                head with { Root = "ab" },
                head with { At = Now.AddSeconds(1) },
                head with { KeyId = "other" },
                head with { Signature = "" },
                head with { Signature = "not Base64!" },
                head with { Signature = Convert.ToBase64String(new byte[70]) },
            },
            changed => Assert.False(changed.IsSignedBy(key)));
        Assert.False(head.IsSignedBy(key with { PublicKey = "no key" }));
    }

    [Fact]
    public void A_ledger_as_it_was_signed_has_no_fault()
    {
        var leaves = Leaves(20);

        Assert.Empty(Check(leaves, Head(leaves, 1), Head(leaves, 7), Head(leaves, 8), Head(leaves, 20)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(19)]
    public void A_leaf_that_was_changed_contradicts_every_head_that_covers_it_and_no_other(int changed)
    {
        var leaves = Leaves(20);
        SignedHead[] heads = [Head(leaves, 1), Head(leaves, 7), Head(leaves, 8), Head(leaves, 20)];
        leaves[changed] = MerkleTree.LeafHash("forged"u8);

        var faults = Check(leaves, heads);

        Assert.Equal(
            heads.Where(h => h.Size > changed).Select(h => h.Size.ToString(CultureInfo.InvariantCulture)),
            faults.Where(f => f.Kind == TamperKind.HistoryDiffers).Select(f => f.Where));
    }

    [Fact]
    public void Entries_that_were_swapped_or_taken_away_are_noticed()
    {
        var leaves = Leaves(20);
        var head = Head(leaves, 20);
        var shorter = leaves[..19];
        (leaves[3], leaves[4]) = (leaves[4], leaves[3]);

        Assert.Equal(TamperKind.HistoryDiffers, Assert.Single(Check(leaves, head)).Kind);
        Assert.Equal(TamperKind.LedgerShrank, Assert.Single(Check(shorter, head)).Kind);
    }

    [Fact]
    public void A_head_that_does_not_state_what_its_entries_come_to_is_noticed()
    {
        var leaves = Leaves(5);

        var fault = Assert.Single(LedgerCheck.Check(leaves, new string('0', 64), [], new Dictionary<string, SealingKey>()));

        Assert.Equal((TamperKind.HeadDiffers, "5"), (fault.Kind, fault.Where));
    }

    [Fact]
    public void A_signature_that_is_not_of_its_key_and_a_key_that_nobody_knows_are_noticed()
    {
        var leaves = Leaves(5);
        var head = Head(leaves, 5);

        Assert.Equal(TamperKind.SignatureInvalid, Assert.Single(Check(leaves, head with { At = Now.AddDays(1) })).Kind);
        Assert.Equal(TamperKind.KeyUnknown, Assert.Single(Check(leaves, head with { KeyId = "unknown" })).Kind);
    }

    [Fact]
    public void Every_kind_of_fault_has_its_texts()
    {
        foreach (var kind in Enum.GetValues<TamperKind>())
        {
            var text = new TamperFault(kind, "x").Text;
            Assert.NotEqual(text.Ja, text.En);
        }
    }

    [Fact]
    public void A_sample_holds_different_places_in_order_and_the_same_ones_for_the_same_seed()
    {
        foreach (var (size, count) in new[] { (0L, 5), (1L, 5), (5L, 5), (1_000L, 50), (1_000_000_000L, 50) })
        {
            var sample = CheckSample.Of(size, count, "2026-04-01");

            Assert.Equal(Math.Min(size, count), sample.Count);
            Assert.Equal(sample.Distinct().Order(), sample);
            Assert.All(sample, place => Assert.InRange(place, 0, size - 1));
            Assert.Equal(sample, CheckSample.Of(size, count, "2026-04-01"));
        }
    }

    [Fact]
    public void Over_many_nights_every_entry_is_read_again_about_equally_often()
    {
        var nights = Enumerable.Range(0, 2_000).SelectMany(night => CheckSample.Of(100, 10, $"night {night}")).GroupBy(p => p).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal(100, nights.Count);
        Assert.All(nights.Values, times => Assert.InRange(times, 140, 260)); // 200 on average
    }

    public void Dispose() => private1.Dispose();

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(Encoding.UTF8.GetBytes($"manifest {i}")))];

    private static SealingKey KeyOf(ECDsa key) => new(SealingKey.IdOf(key.ExportSubjectPublicKeyInfo()), key.ExportSubjectPublicKeyInfoPem(), Now);

    private SignedHead Head(byte[][] leaves, int size) => Sign(size, Convert.ToHexStringLower(MerkleTree.Root(leaves.AsSpan(0, size))));

    private IReadOnlyList<TamperFault> Check(byte[][] leaves, params SignedHead[] heads)
    {
        var key = KeyOf(private1);
        return LedgerCheck.Check(leaves, Convert.ToHexStringLower(MerkleTree.Root(leaves)), heads, new Dictionary<string, SealingKey> { [key.Id] = key });
    }

    private SignedHead Sign(long size, string root)
    {
        var id = KeyOf(private1).Id;
        var signature = private1.SignData(SignedHead.BytesOf(size, root, Now, id), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedHead(size, root, Now, id, Convert.ToBase64String(signature));
    }
}
