using System.Buffers;
using System.ComponentModel;

namespace System.IO.Hashing;

/// <summary>A hash that finds accidents, not attackers. Data is appended piece by piece.</summary>
public abstract class NonCryptographicHashAlgorithm
{
    private const int BufferSize = 4096;

    /// <summary>Called by derived classes.</summary>
    /// <param name="hashLengthInBytes">How long the hash is; at least 1.</param>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    /// <summary>How long the hash is.</summary>
    public int HashLengthInBytes { get; }

    /// <summary>Appends data.</summary>
    public abstract void Append(ReadOnlySpan<byte> source);

    /// <summary>Forgets all data.</summary>
    public abstract void Reset();

    /// <summary>Appends data.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(new ReadOnlySpan<byte>(source));
    }

    /// <summary>Appends what the stream still holds.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public void Append(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
            Append(new ReadOnlySpan<byte>(buffer, 0, read));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Appends what the stream still holds.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return AppendAllAsync(stream, cancellationToken);
    }

    /// <summary>The hash of the data so far; more may follow.</summary>
    public byte[] GetCurrentHash()
    {
        var hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the data so far; more may follow.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int GetCurrentHash(Span<byte> destination) =>
        TryGetCurrentHash(destination, out var written) ? written : throw TooShort(nameof(destination));

    /// <summary>Writes the hash of the data so far, if there is room; more data may follow.</summary>
    public bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < HashLengthInBytes ? 0 : HashLengthInBytes;
        if (bytesWritten == 0)
            return false;
        GetCurrentHashCore(destination[..HashLengthInBytes]);
        return true;
    }

    /// <summary>The hash of the data so far, which is then forgotten.</summary>
    public byte[] GetHashAndReset()
    {
        var hash = new byte[HashLengthInBytes];
        GetHashAndResetCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the data so far, which is then forgotten.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int GetHashAndReset(Span<byte> destination) =>
        TryGetHashAndReset(destination, out var written) ? written : throw TooShort(nameof(destination));

    /// <summary>Writes the hash of the data so far and forgets the data, if there is room.</summary>
    public bool TryGetHashAndReset(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < HashLengthInBytes ? 0 : HashLengthInBytes;
        if (bytesWritten == 0)
            return false;
        GetHashAndResetCore(destination[..HashLengthInBytes]);
        return true;
    }

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Use GetCurrentHash() to retrieve the computed hash code.", true)]
#pragma warning disable CS0809 // The original hides it the same way
    public override int GetHashCode() => throw new NotSupportedException("Use GetCurrentHash() to retrieve the computed hash code.");
#pragma warning restore CS0809

    /// <summary>Writes the hash into exactly <see cref="HashLengthInBytes"/> bytes.</summary>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    /// <summary>Writes the hash into exactly <see cref="HashLengthInBytes"/> bytes and resets.</summary>
    protected virtual void GetHashAndResetCore(Span<byte> destination)
    {
        GetCurrentHashCore(destination);
        Reset();
    }

    private static ArgumentException TooShort(string parameter) => new("Destination is too short.", parameter);

    private async Task AppendAllAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false)) > 0)
            Append(new ReadOnlySpan<byte>(buffer, 0, read));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
