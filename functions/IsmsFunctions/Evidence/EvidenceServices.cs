using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Evidence;

/// <summary>Registers the evidence store.</summary>
public static class EvidenceServices
{
    /// <summary>Adds the store and what it is made of.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services
        .AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section)
        .Validate(o => o.Megabytes is > 0 and <= 1_000, "Uploads__Megabytes must be a number from 1 to 1000.")
        .Validate(o => UploadKinds.AreKnown(o.Kinds), "Uploads__Kinds names a kind of file that is not known.")
        .ValidateOnStart().Services
        .AddSingleton<EvidenceBlobs>()
        .AddSingleton<EvidenceIndex>()
        .AddSingleton<Ledger>()
        .AddSingleton<EvidenceStore>()
        .AddSingleton<IEvidenceStore>(p => p.GetRequiredService<EvidenceStore>())
        .AddSingleton<AuditorGrants>()
        .AddSingleton<ReadLog>()
        .AddSingleton<IUploadScanner>(p =>
        {
            var options = p.GetRequiredService<IOptions<UploadOptions>>();
            return string.IsNullOrEmpty(options.Value.Clamd) ? new NoUploadScanner() : new ClamdUploadScanner(options);
        })
        .AddSingleton<UploadKinds>()
        .AddSingleton<EvidenceUploads>();
}
