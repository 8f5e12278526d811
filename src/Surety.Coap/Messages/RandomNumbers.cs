using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Coap;

/// <summary>
/// Numbers that nobody can guess, for tokens and identifiers: the operating system's, fetched for many at once, since each call costs more
/// than a message. Safe for concurrent use: each thread has its own.
/// </summary>
public static class RandomNumbers
{
    private const int PoolLength = 512;

    [ThreadStatic]
    private static byte[]? _pool;

    [ThreadStatic]
    private static int _left;

    /// <summary>64 random bits.</summary>
    public static ulong NextUInt64()
    {
        byte[] pool = _pool ??= new byte[PoolLength];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(pool);
            _left = PoolLength;
        }

        _left -= sizeof(ulong);
        Span<byte> bytes = pool.AsSpan(_left, sizeof(ulong));
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        // Whoever sees the memory later must not see what was given out.
        bytes.Clear();
        return number;
    }
}
