namespace IsmsFunctions.Testing;

/// <summary>The one Azurite of a test process: started for the first fixture, stopped after the last.</summary>
internal static class SharedAzurite
{
    private static readonly SemaphoreSlim Gate = new(1, 1);

    private static AzuriteProcess? running;
    private static int holders;

    public static async Task<string> AcquireAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (running is null)
            {
                running = await AzuriteProcess.StartAsync();
                // A test run that is aborted never disposes its fixtures.
                AppDomain.CurrentDomain.ProcessExit += (_, _) => running?.Dispose();
            }
            holders++;
            return running.ConnectionString;
        }
        finally
        {
            Gate.Release();
        }
    }

    public static async Task ReleaseAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (--holders > 0)
                return;
            running?.Dispose();
            running = null;
        }
        finally
        {
            Gate.Release();
        }
    }
}
