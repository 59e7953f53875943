namespace Isms.Packs;

/// <summary>The names of what a pack holds beside evidence.</summary>
public static class PackFiles
{
    /// <summary>How to verify the pack.</summary>
    public const string Verify = "VERIFY.txt";

    /// <summary>The index to read.</summary>
    public const string Readme = "README.html";

    /// <summary>The index for spreadsheets.</summary>
    public const string Index = "index.csv";

    /// <summary>The folder of registers.</summary>
    public const string Registers = "registers/";

    /// <summary>The signed heads of the ledger and their keys.</summary>
    public const string Heads = "ledger/heads.json";

    /// <summary>What shows that each item stands in the ledger.</summary>
    public const string Proofs = "ledger/proofs.json";

    /// <summary>The key that signed the list of hashes.</summary>
    public const string PublicKey = "public-key.pem";

    /// <summary>The hashes of all other members.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>The signature of the hashes.</summary>
    public const string Signature = "SHA256SUMS.sig";
}
