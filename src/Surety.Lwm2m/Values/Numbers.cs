namespace Surety.Lwm2m;

/// <summary>Conversions between numbers that lose nothing.</summary>
internal static class Numbers
{
    // Beyond 2^53 a double stands for several integers, so that it is none of them for certain.
    private const double LastExact = 1L << 53;

    /// <summary>The whole number that a double stands for.</summary>
    public static bool TryToInt64(double value, out long result)
    {
        bool isWhole = Math.Abs(value) <= LastExact && Math.Truncate(value) == value;
        result = isWhole ? (long)value : 0;
        return isWhole;
    }

    /// <summary>The whole number, zero or more, that a double stands for.</summary>
    public static bool TryToUInt64(double value, out ulong result)
    {
        bool isWhole = TryToInt64(value, out long number) && number >= 0;
        result = isWhole ? (ulong)number : 0;
        return isWhole;
    }
}
