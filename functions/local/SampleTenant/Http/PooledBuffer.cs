using System.Buffers;
using System.Collections.Concurrent;

namespace SampleTenant.Http;

/// <summary>A growing buffer that is used again: pages of a thousand rows cost no new memory after the first.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private const int Kept = 6;
    private const int LargestKept = 8 * 1024 * 1024;
    private static readonly ConcurrentBag<PooledBuffer> Free = [];

    public ArrayBufferWriter<byte> Writer { get; } = new(16 * 1024);

    public static PooledBuffer Rent() => Free.TryTake(out var buffer) ? buffer : new PooledBuffer();

    public void Dispose()
    {
        Writer.ResetWrittenCount();
        if (Free.Count < Kept && Writer.Capacity <= LargestKept)
        {
            Free.Add(this);
        }
    }
}
