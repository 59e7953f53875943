using System.Buffers.Binary;
using System.Text;

namespace Isms.Packs;

/// <summary>
/// The records of a zip file (PKWARE APPNOTE 6.3.10) whose members are stored as they are. Nothing but names, lengths, checksums and one time goes into them, so the whole
/// layout – every offset, and the length of the file – is known before the first byte of content is read.
/// </summary>
public static class ZipRecords
{
    /// <summary>Where a length or an offset does not fit into 32 bits, this stands for it, and the 64 bits follow in an extra field.</summary>
    private const uint Large = uint.MaxValue;

    private const ushort Version = 20;
    private const ushort VersionOfLarge = 45;
    private const ushort MadeOnUnix = 3 << 8;
    private const ushort NamesAreUtf8 = 1 << 11;
    private const uint RegularFileReadableByAll = 0x81A4u << 16; // -rw-r--r--
    private const ushort LargeField = 0x0001;

    /// <summary>What stands before a member's content.</summary>
    public static byte[] Local(string name, long length, uint crc32, DateTimeOffset at)
    {
        var record = new Record();
        record.Put(0x04034b50);
        Common(record, name, length, crc32, at, length >= Large ? [length, length] : [], length);
        return record.ToBytes();
    }

    /// <summary>A member's line in the directory at the end.</summary>
    public static byte[] Central(string name, long length, uint crc32, long offset, DateTimeOffset at)
    {
        List<long> large = [];
        if (length >= Large)
        {
            large.AddRange([length, length]);
        }

        if (offset >= Large)
        {
            large.Add(offset);
        }

        var record = new Record();
        record.Put(0x02014b50);
        record.Put((ushort)(MadeOnUnix | VersionOfLarge));
        Common(record, name, length, crc32, at, large, Math.Max(length, offset), offset);
        return record.ToBytes();
    }

    /// <summary>The end of the file.</summary>
    /// <param name="count">How many members there are.</param>
    /// <param name="directory">Where the directory begins.</param>
    /// <param name="directoryLength">How long it is.</param>
    public static byte[] End(long count, long directory, long directoryLength)
    {
        var record = new Record();
        if (count >= ushort.MaxValue || directory >= Large || directoryLength >= Large)
        {
            record.Put(0x06064b50);
            record.Put(44L);
            record.Put((ushort)(MadeOnUnix | VersionOfLarge));
            record.Put(VersionOfLarge);
            record.Put(0u);
            record.Put(0u);
            record.Put(count);
            record.Put(count);
            record.Put(directoryLength);
            record.Put(directory);
            record.Put(0x07064b50);
            record.Put(0u);
            record.Put(directory + directoryLength);
            record.Put(1u);
        }

        record.Put(0x06054b50);
        record.Put(0u);
        record.Put((ushort)Math.Min(count, ushort.MaxValue));
        record.Put((ushort)Math.Min(count, ushort.MaxValue));
        record.Put((uint)Math.Min(directoryLength, Large));
        record.Put((uint)Math.Min(directory, Large));
        record.Put((ushort)0);
        return record.ToBytes();
    }

    private static void Common(Record record, string name, long length, uint crc32, DateTimeOffset at, List<long> large, long largest, long? offset = null)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        record.Put(largest >= Large ? VersionOfLarge : Version);
        record.Put(NamesAreUtf8);
        record.Put((ushort)0); // stored
        record.Put(TimeOf(at.UtcDateTime));
        record.Put(DayOf(at.UtcDateTime));
        record.Put(crc32);
        record.Put((uint)Math.Min(length, Large));
        record.Put((uint)Math.Min(length, Large));
        record.Put((ushort)bytes.Length);
        record.Put((ushort)(large.Count == 0 ? 0 : 4 + (8 * large.Count)));
        if (offset is { } place)
        {
            record.Put((ushort)0); // no comment
            record.Put((ushort)0); // first disk
            record.Put((ushort)0);
            record.Put(RegularFileReadableByAll);
            record.Put((uint)Math.Min(place, Large));
        }

        record.Put(bytes);
        if (large.Count > 0)
        {
            record.Put(LargeField);
            record.Put((ushort)(8 * large.Count));
            foreach (var number in large)
            {
                record.Put(number);
            }
        }
    }

    private static ushort TimeOf(DateTime at) => (ushort)((at.Hour << 11) | (at.Minute << 5) | (at.Second / 2));

    private static ushort DayOf(DateTime at) => (ushort)(((Math.Clamp(at.Year, 1980, 2107) - 1980) << 9) | (at.Month << 5) | at.Day);

    private sealed class Record
    {
        private readonly List<byte> bytes = new(128);

        public void Put(ushort value) => bytes.AddRange([(byte)value, (byte)(value >> 8)]);

        public void Put(uint value)
        {
            Put((ushort)value);
            Put((ushort)(value >> 16));
        }

        public void Put(long value)
        {
            Span<byte> eight = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(eight, value);
            bytes.AddRange(eight);
        }

        public void Put(byte[] value) => bytes.AddRange(value);

        public byte[] ToBytes() => [.. bytes];
    }
}
