namespace IsmsFunctions.Documents.Office;

/// <summary>
/// Stands between a writer that only writes synchronously (a zip archive) and a target that only takes asynchronous writes (an HTTP answer): it holds what
/// was written until it is carried over.
/// </summary>
internal sealed class SpillStream : Stream
{
    private readonly MemoryStream held = new();

    public override bool CanRead => false;

    /// <summary>Never: the archive must not go back to what has been carried over.</summary>
    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Carries over what has been written so far.</summary>
    public async Task SpillAsync(Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), cancellationToken);
        held.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => held.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => held.Write(buffer);

    public override void Flush()
    {
        // What is held goes on with SpillAsync.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        held.Dispose();
        base.Dispose(disposing);
    }
}
