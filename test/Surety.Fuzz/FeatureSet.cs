namespace Surety.Fuzz;

/// <summary>What inputs have done so far, as far as targets tell: in place of code coverage, which would need instrumented builds.</summary>
internal sealed class FeatureSet
{
    // A target that tells more has told too much of its input; it must not cost the run its memory.
    private const int MaxCount = 200_000;

    // Made at once: growing would count as what an input allocates.
    private readonly HashSet<long> _seen = new(MaxCount);

    /// <summary>How many there are.</summary>
    public int Count => _seen.Count;

    /// <summary>Something happened: which kind, and how.</summary>
    public void Add(int kind, int value)
    {
        if (_seen.Count < MaxCount)
            _seen.Add(((long)kind << 32) | (uint)value);
    }

    /// <summary>The same, for texts such as reasons: their first words count, not the numbers in them, nor what they quote.</summary>
    public void AddText(int kind, ReadOnlySpan<char> text)
    {
        // The hash of a string differs from run to run.
        uint hash = 2166136261;
        int letters = 0;
        foreach (char c in text)
        {
            if (c is '\'' or '"' || letters == 20)
                break;
            if (!char.IsAsciiLetter(c))
                continue;
            letters++;
            hash = (hash ^ c) * 16777619;
        }

        Add(kind, (int)hash);
    }

    /// <summary>The same, for amounts: only the order of magnitude counts.</summary>
    public void AddAmount(int kind, int value) => Add(kind, value < 4 ? value : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)value) + 4);
}
