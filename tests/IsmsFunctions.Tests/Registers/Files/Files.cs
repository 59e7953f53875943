using System.Globalization;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Registers.Files;

namespace IsmsFunctions.Tests.Registers.Files;

/// <summary>Writes and reads tables.</summary>
internal static class Files
{
    public static async Task<byte[]> WriteAsync(ITableFile format, TableText table, RegisterDefinition register, string culture = "ja-JP")
    {
        using var file = new AsynchronousOnlyStream();
        await format.WriteAsync(table, register, CultureInfo.GetCultureInfo(culture), file, CancellationToken.None);
        return file.ToArray();
    }

    public static Task<TableText> ReadAsync(ITableFile format, byte[] file, RegisterDefinition register, TableLimits? limits = null) =>
        format.ReadAsync(new MemoryStream(file), register, limits ?? TableLimits.Default, CancellationToken.None);

    public static async Task<TableText> RoundTripAsync(ITableFile format, TableText table, RegisterDefinition register, string culture) =>
        await ReadAsync(format, await WriteAsync(format, table, register, culture), register);

    public static async Task<Refusal> RefusalOfAsync(ITableFile format, byte[] file, RegisterDefinition register, TableLimits? limits = null) =>
        (await Assert.ThrowsAsync<RefusedException>(() => ReadAsync(format, file, register, limits))).Refusal;

    /// <summary>Like the body of an HTTP answer: it takes no synchronous writes, and cannot be read or rewound.</summary>
    private sealed class AsynchronousOnlyStream : Stream
    {
        private readonly MemoryStream written = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public byte[] ToArray() => written.ToArray();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            written.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() => throw new InvalidOperationException("Written synchronously.");

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Written synchronously.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
