namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>What a file may hold at most.</summary>
public sealed record TableLimits
{
    /// <summary>The limits of the product.</summary>
    public static TableLimits Default { get; } = new();

    /// <summary>Bytes of the file.</summary>
    public int Bytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Rows below the header.</summary>
    public int Rows { get; init; } = 100_000;

    /// <summary>Columns.</summary>
    public int Columns { get; init; } = 200;

    /// <summary>Characters of a cell; a spreadsheet holds no more.</summary>
    public int CellCharacters { get; init; } = 32_767;

    /// <summary>Characters of all cells: a small file can unpack to a very large one.</summary>
    public long Characters { get; init; } = 100_000_000;

    /// <summary>Bytes of a workbook's parts, unpacked.</summary>
    public long UnpackedBytes { get; init; } = 512L * 1024 * 1024;
}
