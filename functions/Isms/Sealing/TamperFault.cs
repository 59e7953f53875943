using System.Globalization;
using Isms.Text;

namespace Isms.Sealing;

/// <summary>In what way something is not as it was recorded.</summary>
public enum TamperKind
{
    /// <summary>The entries of the ledger do not come to the root of its head.</summary>
    HeadDiffers,

    /// <summary>The head of the ledger is not what was written.</summary>
    HeadUnreadable,

    /// <summary>The ledger notes another place or hash for an item than its entry has.</summary>
    PlaceDiffers,

    /// <summary>The ledger has fewer entries than when a head was signed.</summary>
    LedgerShrank,

    /// <summary>The entries up to a signed head do not come to its root any more.</summary>
    HistoryDiffers,

    /// <summary>The signature of a head is not that of its key.</summary>
    SignatureInvalid,

    /// <summary>The key of a signed head is not known.</summary>
    KeyUnknown,

    /// <summary>An item of the ledger is not in the index.</summary>
    IndexRowMissing,

    /// <summary>The index shows another manifest than the item's folder has.</summary>
    IndexRowDiffers,

    /// <summary>The index has a row for an item that is not in the ledger.</summary>
    IndexRowUnknown,

    /// <summary>The item's manifest is gone.</summary>
    ManifestMissing,

    /// <summary>The item's manifest is not the one that the ledger holds the hash of.</summary>
    ManifestDiffers,

    /// <summary>A file is gone.</summary>
    FileMissing,

    /// <summary>A file is not the one that the manifest holds the hash of.</summary>
    FileDiffers,

    /// <summary>A file lies in the item's folder that its manifest does not name.</summary>
    FileUnknown,

    /// <summary>The token of a time-stamping authority does not prove the signed head that it was given for.</summary>
    AnchorInvalid,
}

/// <summary>Something that is not as it was recorded.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Where">Where: the item and the file, or the size of the head.</param>
/// <param name="Expected">What should stand there: a hash, a length; null where there is nothing to compare.</param>
/// <param name="Found">What stands there.</param>
public sealed record TamperFault(TamperKind Kind, string Where, string? Expected = null, string? Found = null)
{
    /// <summary>The place in the ledger of the item that it is about, from 0; null where it is about the ledger itself.</summary>
    public long? Entry { get; init; }

    /// <summary>What is wrong, for people to read.</summary>
    public LocalizedText Text => Texts.Get("tamper-fault." + Kind, Where);

    /// <summary>The same with the place in the ledger instead of names: a file that somebody uploaded may be called after a person.</summary>
    public LocalizedText WithoutNames =>
        Texts.Get("tamper-fault." + Kind, Entry is { } entry ? string.Create(CultureInfo.InvariantCulture, $"#{entry}") : Where);
}
