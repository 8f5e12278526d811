using System.Numerics;

namespace Surety.Lwm2m;

/// <summary>The text form of paths, written once for UTF-16 and UTF-8.</summary>
internal static class PathText
{
    public static bool TryParse<T>(ReadOnlySpan<T> text, out Lwm2mPath path)
        where T : unmanaged, IBinaryInteger<T>
    {
        path = default;
        if (text.IsEmpty || text[0] != Slash<T>()) return false;
        if (text.Length == 1) return true;
        if (text.Length > Lwm2mPath.MaxTextLength) return false;

        Lwm2mPath result = default;
        while (!text.IsEmpty)
        {
            if (text[0] != Slash<T>() || !TryReadId(text[1..], out int id, out int used) || !result.TryAppend(id, out result)) return false;
            text = text[(1 + used)..];
        }

        path = result;
        return true;
    }

    /// <summary>Reads 1 to 5 digits; the value may exceed 65535, which the caller rejects.</summary>
    public static bool TryReadId<T>(ReadOnlySpan<T> text, out int id, out int used)
        where T : unmanaged, IBinaryInteger<T>
    {
        id = 0;
        used = 0;
        while (used < text.Length && used < 6)
        {
            uint digit = uint.CreateTruncating(text[used]) - '0';
            if (digit > 9) break;
            id = (id * 10) + (int)digit;
            used++;
        }

        // One name per node: "/3/00" is not "/3/0".
        return used is > 0 and < 6 && (used == 1 || text[0] != T.CreateTruncating('0'));
    }

    public static bool TryFormat<T>(Lwm2mPath path, Span<T> destination, out int written)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<T> buffer = stackalloc T[Lwm2mPath.MaxTextLength];
        int length = 0;
        int level = path.Level;
        if (level == 0) buffer[length++] = Slash<T>();
        for (int i = 0; i < level; i++)
        {
            buffer[length++] = Slash<T>();
            length += WriteId(path[i], buffer[length..]);
        }

        written = 0;
        if (!buffer[..length].TryCopyTo(destination)) return false;
        written = length;
        return true;
    }

    public static int WriteId<T>(ushort id, Span<T> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        int digits = id switch { < 10 => 1, < 100 => 2, < 1000 => 3, < 10000 => 4, _ => 5 };
        int rest = id;
        for (int i = digits - 1; i >= 0; i--)
        {
            destination[i] = T.CreateTruncating('0' + (rest % 10));
            rest /= 10;
        }

        return digits;
    }

    private static T Slash<T>()
        where T : unmanaged, IBinaryInteger<T> => T.CreateTruncating('/');
}
