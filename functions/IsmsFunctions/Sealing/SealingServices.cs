using Azure.Identity;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Sealing;

/// <summary>Registers the sealing of the ledger.</summary>
public static class SealingServices
{
    /// <summary>Adds signing by Key Vault where a key is configured, else by a file, and the checks.</summary>
    public static IServiceCollection AddSealing(this IServiceCollection services)
    {
        services.AddOptions<SealingOptions>().BindConfiguration(SealingOptions.Section);
        return services
            .AddSingleton<SealStore>()
            .AddSingleton<LedgerSeal>()
            .AddSingleton<EvidenceCheck>()
            .AddSingleton<Anchors>()
            .AddSingleton(provider => new TimestampAuthority(new HttpClient { Timeout = TimeSpan.FromSeconds(30) }, provider.GetRequiredService<IOptions<SealingOptions>>()))
            .AddWorkflow(FullCheckActivities.Kind, nameof(FullCheckOrchestrator.RunFullCheck), id => new FullCheckCheckpoint(id))
            .AddSingleton<IHeadSigner>(provider =>
            {
                var options = provider.GetRequiredService<IOptions<SealingOptions>>();
                return options.Value.KeyVaultKey is null ? new FileHeadSigner(options) : new KeyVaultHeadSigner(new HttpClient(), options, CredentialOf(options.Value));
            });
    }

    private static ManagedIdentityCredential CredentialOf(SealingOptions options) =>
        new(string.IsNullOrEmpty(options.ClientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(options.ClientId));
}
