namespace Microsoft.DurableTask.Local;

/// <summary>Is told of every write to storage before and after it; a test that throws here ends the engine as a crash would.</summary>
internal sealed class StorageHook(Action<string, bool>? observer = null)
{
    public async Task<T> AroundAsync<T>(string write, Func<Task<T>> action)
    {
        observer?.Invoke(write, false);
        var result = await action();
        observer?.Invoke(write, true);
        return result;
    }
}
