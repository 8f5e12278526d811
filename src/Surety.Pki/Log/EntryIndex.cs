namespace Surety.Pki;

/// <summary>Numbers of entries by a part of them: 4 bytes a place, open addressing, three quarters full at most. Hashes are seeded by the process.</summary>
/// <param name="key">The part of an entry that is looked for.</param>
internal sealed class EntryIndex(EntryIndex.KeyOf key)
{
    private int[] _places = new int[1024];
    private int _count;

    public delegate ReadOnlySpan<byte> KeyOf(int index);

    public void Add(int index)
    {
        if (++_count > _places.Length / 4 * 3)
        {
            int[] old = _places;
            _places = new int[old.Length * 2];
            foreach (int taken in old)
            {
                if (taken != 0)
                    Put(taken);
            }
        }

        Put(index + 1);
    }

    /// <summary>The first entry with a key; -1: there is none.</summary>
    public int Find(ReadOnlySpan<byte> wanted)
    {
        int mask = _places.Length - 1;
        for (int place = Hash(wanted) & mask; _places[place] != 0; place = (place + 1) & mask)
        {
            if (key(_places[place] - 1).SequenceEqual(wanted))
                return _places[place] - 1;
        }

        return -1;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private void Put(int value)
    {
        int mask = _places.Length - 1;
        int place = Hash(key(value - 1)) & mask;
        while (_places[place] != 0)
            place = (place + 1) & mask;
        _places[place] = value;
    }
}
