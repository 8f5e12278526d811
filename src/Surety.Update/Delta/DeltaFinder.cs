namespace Surety.Update;

/// <summary>
/// Finds how a new image is made of an old one (Percival: Naive Differences of Executable Code, 2003): pieces that are the same in both, grown to
/// both sides as long as more bytes agree than not, because code that moved differs in its addresses and in little else.
/// </summary>
internal sealed class DeltaFinder(byte[] old, byte[] current)
{
    // A match elsewhere must explain so many bytes more than to go on as before, or it costs more than it saves.
    private const int Advantage = 8;

    private readonly SuffixArray _suffixes = new(old);

    /// <summary>The steps from beginning to end; all of the new image is in them.</summary>
    public IEnumerable<DeltaStep> Find()
    {
        Match last = new(0, 0, 0);
        foreach (Match next in FindMatches().Append(new Match(current.Length, -1, 0)))
        {
            int forward = Grow(last, next.NewStart);
            int backward = next.OldStart < 0 ? 0 : Shrink(next, last.NewStart);
            int overlap = last.NewStart + forward - (next.NewStart - backward);
            if (overlap > 0)
            {
                int kept = Split(last, forward, next, backward, overlap);
                forward += kept - overlap;
                backward -= kept;
            }

            int begin = next.NewStart - backward;
            yield return new DeltaStep(last.OldStart, last.NewStart, forward, begin - (last.NewStart + forward));
            last = new Match(begin, next.OldStart - backward, 0);
        }
    }

    /// <summary>Pieces of the new image that are found elsewhere in the old one than where the piece before lets expect.</summary>
    private IEnumerable<Match> FindMatches()
    {
        int offset = 0;
        int scan = 0, length = 0;
        while (scan < current.Length)
        {
            scan += length;
            int agreeing = 0, counted = scan, position = 0;
            length = 0;
            for (; scan < current.Length; scan++)
            {
                length = _suffixes.FindLongest(current.AsSpan(scan), out position);
                for (; counted < scan + length; counted++)
                    agreeing += Agrees(counted, offset) ? 1 : 0;
                if ((length == agreeing && length > 0) || length > agreeing + Advantage)
                    break;
                agreeing -= Agrees(scan, offset) ? 1 : 0;
                length = 0;
            }

            // What goes on as before needs no step of its own.
            if (scan < current.Length && length != agreeing)
            {
                offset = position - scan;
                yield return new Match(scan, position, length);
            }
        }
    }

    private bool Agrees(int position, int offset) =>
        (uint)(position + offset) < (uint)old.Length && old[position + offset] == current[position];

    /// <summary>How far a piece reaches forward, to the next one at most, with more bytes that agree than not.</summary>
    private int Grow(Match piece, int end)
    {
        int agreeing = 0, best = 0, length = 0;
        for (int i = 0; piece.NewStart + i < end && piece.OldStart + i < old.Length; i++)
        {
            agreeing += old[piece.OldStart + i] == current[piece.NewStart + i] ? 1 : -1;
            if (agreeing > best)
                (best, length) = (agreeing, i + 1);
        }

        return length;
    }

    /// <summary>How far it reaches backward, likewise.</summary>
    private int Shrink(Match piece, int begin)
    {
        int agreeing = 0, best = 0, length = 0;
        for (int i = 1; piece.NewStart - i >= begin && piece.OldStart - i >= 0; i++)
        {
            agreeing += old[piece.OldStart - i] == current[piece.NewStart - i] ? 1 : -1;
            if (agreeing > best)
                (best, length) = (agreeing, i);
        }

        return length;
    }

    /// <summary>How many of the bytes that two pieces both reach belong to the first.</summary>
    private int Split(Match first, int forward, Match second, int backward, int overlap)
    {
        int score = 0, best = 0, kept = 0;
        for (int i = 0; i < overlap; i++)
        {
            int inFirst = forward - overlap + i, inSecond = i - backward;
            score += old[first.OldStart + inFirst] == current[first.NewStart + inFirst] ? 1 : 0;
            score -= old[second.OldStart + inSecond] == current[second.NewStart + inSecond] ? 1 : 0;
            if (score > best)
                (best, kept) = (score, i + 1);
        }

        return kept;
    }

    private readonly record struct Match(int NewStart, int OldStart, int Length);
}
