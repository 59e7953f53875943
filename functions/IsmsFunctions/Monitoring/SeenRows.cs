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
/// stages lie close together. Only where a whole collection comes again are all of them needed. Sixteen bytes a row, and nothing is allocated for one.
/// </summary>
internal sealed class SeenRows
{
    private const int Latest = 49_152; // what a table of 65,536 places takes
    private Table latest = new();
    private Table before = new();
    private bool isBounded;
    private bool isWhole;

    /// <summary>Notes a row, and tells how it appears.</summary>
    public Appearance Note(UInt128 id, ulong content)
    {
        var key = (ulong)(id >> 64) ^ ((ulong)id * 0x9E3779B97F4A7C15);
        var appearance = Judge(key, content);
        if (appearance != Appearance.Repeated)
        {
            latest.Set(key, content);
            Trim();
        }

        return appearance;
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
        (latest, before) = (new Table(), new Table());
        (isWhole, isBounded) = (keepAll, !keepAll);
    }

    private Appearance Judge(ulong key, ulong content) =>
        latest.TryGet(key, out var known) || before.TryGet(key, out known) ? known == content ? Appearance.Repeated : Appearance.Revised : Appearance.First;

    /// <summary>Two tables by turns: when one is full, the other is forgotten.</summary>
    private void Trim()
    {
        if (isBounded && latest.Count >= Latest)
        {
            (latest, before) = (before, latest);
            latest.Clear();
        }
    }

    /// <summary>Open addressing over an array.</summary>
    private sealed class Table
    {
        private Place[] places = new Place[1_024];

        public int Count { get; private set; }

        public bool TryGet(ulong key, out ulong value)
        {
            ref readonly var place = ref places[Find(Stored(key))];
            value = place.Value;
            return place.Key != 0;
        }

        public void Set(ulong key, ulong value)
        {
            if (Count >= places.Length / 4 * 3)
            {
                Grow();
            }

            ref var place = ref places[Find(Stored(key))];
            Count += place.Key == 0 ? 1 : 0;
            place = new Place(Stored(key), value);
        }

        public void Clear()
        {
            Array.Clear(places);
            Count = 0;
        }

        private static ulong Stored(ulong key) => key == 0 ? 1 : key;

        private int Find(ulong key)
        {
            var mask = places.Length - 1;
            var number = (int)((key * 0x9E3779B97F4A7C15) >> 33) & mask;
            while (places[number].Key != 0 && places[number].Key != key)
            {
                number = (number + 1) & mask;
            }

            return number;
        }

        private void Grow()
        {
            var before = places;
            places = new Place[before.Length * 2];
            foreach (var place in before)
            {
                if (place.Key != 0)
                {
                    places[Find(place.Key)] = place;
                }
            }
        }

        /// <summary>A place; empty while its key is nought.</summary>
        private readonly record struct Place(ulong Key, ulong Value);
    }
}
