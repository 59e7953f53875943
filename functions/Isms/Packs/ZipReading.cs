using System.Buffers.Binary;
using System.Text;

namespace Isms.Packs;

/// <summary>
/// Reads a zip file of stored members by what stands before each of them, and compares every byte around them with what <see cref="ZipRecords"/> writes: there is one
/// right file for the members that it holds.
/// </summary>
internal static class ZipReading
{
    private const string Directory = "the zip file's directory";
    private const int LocalLength = 30;

    public static (Dictionary<string, ReadOnlyMemory<byte>> Members, List<string> Order, IReadOnlyList<PackFault> Faults) Read(ReadOnlyMemory<byte> zip)
    {
        var (members, order, at) = (new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal), new List<string>(), 0L);
        while (at + LocalLength <= zip.Length && BinaryPrimitives.ReadUInt32LittleEndian(zip.Span[(int)at..]) == 0x04034b50)
        {
            var record = zip.Span[(int)at..];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(record[18..]);
            var (name, extra) = (BinaryPrimitives.ReadUInt16LittleEndian(record[26..]), BinaryPrimitives.ReadUInt16LittleEndian(record[28..]));
            var start = at + LocalLength + name + extra;
            var before = order.Count == 0 ? "the zip file's first member" : $"the member after {order[^1]}";
            if (length == uint.MaxValue && extra >= 12 && start <= zip.Length)
            {
                length = BinaryPrimitives.ReadInt64LittleEndian(record[(LocalLength + name + 4)..]);
            }

            if (start > zip.Length || length < 0 || length > zip.Length - start)
            {
                return (members, order, [new PackFault(before, "is cut short")]);
            }

            var text = Encoding.UTF8.GetString(record.Slice(LocalLength, name));
            if (!members.TryAdd(text, zip.Slice((int)start, (int)length)))
            {
                return (members, order, [new PackFault(text, "occurs twice")]);
            }

            order.Add(text);
            at = start + length;
        }

        return (members, order, []);
    }

    /// <summary>What differs from the one file that these members come to; nothing, as a rule.</summary>
    public static IReadOnlyList<PackFault> Compare(ReadOnlyMemory<byte> zip, IReadOnlyList<PackMember> members, DateTimeOffset at)
    {
        var (offset, directory) = (0L, new List<byte>());
        foreach (var member in members)
        {
            var record = member.Local(at);
            if (!zip.Span[(int)offset..].StartsWith(record))
            {
                return [new PackFault(member.Name, "what stands before it in the zip file is not what was written")];
            }

            directory.AddRange(member.Central(offset, at));
            offset += record.Length + member.Length;
        }

        byte[] rest = [.. directory, .. ZipRecords.End(members.Count, offset, directory.Count)];
        return zip.Span[(int)offset..].SequenceEqual(rest) ? [] : [new PackFault(Directory, "is not what was written")];
    }
}
