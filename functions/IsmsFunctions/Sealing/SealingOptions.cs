namespace IsmsFunctions.Sealing;

/// <summary>The settings under <c>Sealing__</c>.</summary>
public sealed class SealingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sealing";

    /// <summary>The URL of a P-256 key in Key Vault, such as <c>https://isms.vault.azure.net/keys/ledger</c>; its newest version signs.</summary>
    public Uri? KeyVaultKey { get; set; }

    /// <summary>The client id of the identity that may sign with it; the system-assigned one, when left out.</summary>
    public string? ClientId { get; set; }

    /// <summary>Where there is no Key Vault: the path of a private key in PEM, made at its first use.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The address of a time-stamping authority (RFC 3161) that heads are shown to; none, when left out.</summary>
    public Uri? TimestampAuthority { get; set; }

    /// <summary>
    /// The path of the root certificates, in PEM, that the authority's certificate must lead to. When left out, a token must be sound in itself, whoever signed it.
    /// </summary>
    public string? TimestampRoots { get; set; }

    /// <summary>How many items the regular check reads again, beside the whole ledger.</summary>
    public int Sample { get; set; } = 50;
}
