using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Surety.Server.Features.Users;

/// <summary>Time-based one-time passwords as authenticator apps make them: RFC 6238 with HMAC-SHA-1, 30 seconds and 6 digits.</summary>
internal static class Totp
{
    /// <summary>Bytes of a key; RFC 4226, 4, R6 recommends 160 bits.</summary>
    public const int KeySize = 20;

    private const int Step = 30;
    private const int Digits = 6;

    // RFC 6238, 5.2: at most one step for the delay of the network and the clock; one the other way for a clock that is ahead.
    private const int Drift = 1;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step in which <paramref name="now"/> lies.</summary>
    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / Step;

    /// <summary>The code of a step. (RFC 4226, 5.3.)</summary>
    /// <param name="key">The shared secret.</param>
    /// <param name="step">See <see cref="StepOf"/>.</param>
    /// <param name="digits">6 to 8.</param>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 with HMAC-SHA-1 is what authenticator apps speak; the attacks on SHA-1 are not ones on HMAC.")]
    public static string Compute(ReadOnlySpan<byte> key, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, hash);
        var binary = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fff_ffff;
        var modulus = 1u;
        for (var i = 0; i < digits; i++)
            modulus *= 10;
        return (binary % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step that a code is of; null when it is of none near <paramref name="now"/>. Looks at all of them, whichever fits.</summary>
    public static long? FindStep(ReadOnlySpan<byte> key, string code, DateTimeOffset now)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = StepOf(now) - Drift; step <= StepOf(now) + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Compute(key, step)), given))
                found = step;
        }

        return found;
    }

    /// <summary>What is scanned or typed into an app: base32 without padding (RFC 4648, 6).</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            buffer = ((buffer << 8) | value) & 0xfff;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(buffer >> bits) & 31]);
            }
        }

        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
