using System.Diagnostics;

namespace Benchmarks;

/// <summary>What this process has taken of memory.</summary>
internal static class ProcessMemory
{
    /// <summary>The most that was resident at a time, in MiB.</summary>
    public static long PeakMb
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 / 1_048_576;
        }
    }
}
