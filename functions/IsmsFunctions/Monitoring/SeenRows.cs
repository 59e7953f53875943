namespace IsmsFunctions.Monitoring;

/// <summary>How a row appears.</summary>
internal enum Appearance
{
    /// <summary>Its id is new.</summary>
    First,

    /// <summary>Its id came before with other content.</summary>
    Revised,

    /// <summary>It came before as it is.</summary>
    Repeated,
}

/// <summary>
/// Recognises rows by id. Of a few rows all are remembered, of many the latest: pages that overlap, pages that are read again and sign-ins that are logged in
/// stages lie close together. Only where a whole collection comes again are all of them needed.
/// </summary>
internal sealed class SeenRows
{
    private const int Latest = 50_000;
    private readonly Dictionary<UInt128, ulong> contents = [];
    private readonly Queue<UInt128> order = new();
    private bool isBounded;
    private bool isWhole;

    /// <summary>Notes a row, and tells how it appears.</summary>
    public Appearance Note(UInt128 id, ulong content)
    {
        if (contents.TryGetValue(id, out var before))
        {
            contents[id] = content;
            return before == content ? Appearance.Repeated : Appearance.Revised;
        }

        contents[id] = content;
        order.Enqueue(id);
        Trim();
        return Appearance.First;
    }

    /// <summary>From now on the latest are enough, unless all were asked for.</summary>
    public void Bound()
    {
        isBounded = !isWhole;
        Trim();
    }

    /// <summary>Forgets all.</summary>
    /// <param name="keepAll">Whether all that are noted from now on are to be remembered.</param>
    public void Clear(bool keepAll)
    {
        contents.Clear();
        order.Clear();
        (isWhole, isBounded) = (keepAll, !keepAll);
    }

    private void Trim()
    {
        while (isBounded && order.Count > Latest)
        {
            contents.Remove(order.Dequeue());
        }
    }
}
