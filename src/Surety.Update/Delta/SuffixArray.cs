namespace Surety.Update;

/// <summary>
/// The suffixes of an image in their order, which finds the longest piece that another image shares with it. Made by induced sorting (Nong, Zhang,
/// Chan: Linear Suffix Array Construction by Almost Pure Induced-Sorting, 2009): linear in time, 12 to 16 bytes of memory for each byte of the image.
/// </summary>
internal sealed class SuffixArray
{
    private readonly byte[] _text;
    private readonly int[] _order;

    public SuffixArray(byte[] text)
    {
        _text = text;
        _order = Sort(Array.ConvertAll(text, value => (int)value), byte.MaxValue + 1);
    }

    /// <summary>Finds where the image has the longest beginning of a text.</summary>
    /// <param name="sought">The text.</param>
    /// <param name="position">Where in the image.</param>
    /// <returns>How many bytes are the same.</returns>
    public int FindLongest(ReadOnlySpan<byte> sought, out int position)
    {
        position = 0;
        if (_text.Length == 0)
            return 0;
        int low = 0, high = _order.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (_text.AsSpan(_order[middle]).SequenceCompareTo(sought) <= 0)
                low = middle;
            else
                high = middle;
        }

        // The text would stand between these two: one of them shares most with it.
        int before = _text.AsSpan(_order[low]).CommonPrefixLength(sought);
        int after = _text.AsSpan(_order[high]).CommonPrefixLength(sought);
        position = before >= after ? _order[low] : _order[high];
        return Math.Max(before, after);
    }

    private static int[] Sort(int[] text, int alphabet)
    {
        int count = text.Length;
        int[] order = new int[count];
        if (count < 2)
            return order;
        // A suffix is smaller than the one that begins a byte later, or it is not.
        bool[] isSmaller = new bool[count];
        for (int i = count - 2; i >= 0; i--)
            isSmaller[i] = text[i] == text[i + 1] ? isSmaller[i + 1] : text[i] < text[i + 1];
        int[] bucketEnds = new int[alphabet];
        foreach (int value in text)
            bucketEnds[value]++;
        for (int i = 1; i < alphabet; i++)
            bucketEnds[i] += bucketEnds[i - 1];

        // Where smaller ones begin: they are sorted first, by their pieces, and induce the others.
        List<int> starts = [];
        for (int i = 1; i < count; i++)
        {
            if (isSmaller[i] && !isSmaller[i - 1])
                starts.Add(i);
        }

        Induce(starts);
        if (starts.Count > 1)
            Induce(SortStarts());
        return order;

        void Induce(List<int> sorted)
        {
            Array.Fill(order, -1);
            int[] ends = [.. bucketEnds];
            for (int i = sorted.Count - 1; i >= 0; i--)
                order[--ends[text[sorted[i]]]] = sorted[i];
            int[] begins = new int[alphabet];
            for (int i = 1; i < alphabet; i++)
                begins[i] = bucketEnds[i - 1];
            order[begins[text[count - 1]]++] = count - 1;
            for (int i = 0; i < count; i++)
            {
                int previous = order[i] - 1;
                if (previous >= 0 && !isSmaller[previous])
                    order[begins[text[previous]]++] = previous;
            }

            Array.Copy(bucketEnds, ends, alphabet);
            for (int i = count - 1; i >= 0; i--)
            {
                int previous = order[i] - 1;
                if (previous >= 0 && isSmaller[previous])
                    order[--ends[text[previous]]] = previous;
            }
        }

        // The pieces between starts get numbers in their order; where two are equal, the text of these numbers is sorted in turn.
        List<int> SortStarts()
        {
            int[] index = new int[count];
            Array.Fill(index, -1);
            for (int i = 0; i < starts.Count; i++)
                index[starts[i]] = i;
            int[] names = new int[starts.Count];
            int name = 0, last = -1;
            foreach (int start in order)
            {
                if (index[start] < 0)
                    continue;
                if (last >= 0 && !IsSamePiece(index[last], index[start]))
                    name++;
                names[index[start]] = name;
                last = start;
            }

            return [.. Sort(names, name + 1).Select(i => starts[i])];
        }

        bool IsSamePiece(int left, int right)
        {
            int leftEnd = left + 1 < starts.Count ? starts[left + 1] : count;
            int rightEnd = right + 1 < starts.Count ? starts[right + 1] : count;
            return leftEnd < count && rightEnd < count
                && text.AsSpan(starts[left]..(leftEnd + 1)).SequenceEqual(text.AsSpan(starts[right]..(rightEnd + 1)));
        }
    }
}
