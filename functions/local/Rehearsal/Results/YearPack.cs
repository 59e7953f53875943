namespace Rehearsal.Results;

/// <summary>The year's evidence pack, as the secretariat makes and downloads it for the auditor.</summary>
internal static class YearPack
{
    /// <summary>Leaves it as <c>pack.zip</c> and says where.</summary>
    public static async Task<string> SaveAsync(IsmsApi api, RehearsalOptions options, CancellationToken cancellationToken)
    {
        var pack = await api.PostAsync("secretariat", "packs", new { fiscalYear = options.FiscalYearId }, "pack", cancellationToken);
        var status = await api.GetAsync("secretariat", $"packs/{pack["id"]}", cancellationToken);
        if ((string?)status["status"] != "ready")
        {
            throw new RehearsalException($"The pack is {status["status"]}: {status.ToJsonString()}");
        }

        var file = Path.Combine(options.Out, "pack.zip");
        await api.DownloadAsync("secretariat", $"packs/{pack["id"]}/download", file, cancellationToken);
        return file;
    }
}
