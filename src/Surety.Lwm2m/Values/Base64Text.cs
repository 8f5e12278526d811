using System.Buffers;
using System.Buffers.Text;

namespace Surety.Lwm2m;

/// <summary>Base64 as LwM2M peers write it: both alphabets, with or without padding (RFC 4648).</summary>
internal static class Base64Text
{
    public static bool TryDecode(ReadOnlySpan<byte> utf8, out byte[] value)
    {
        value = [];
        if (utf8.IsEmpty) return true;
        ReadOnlySpan<byte> digits = utf8.TrimEnd((byte)'=');
        int padding = utf8.Length - digits.Length;
        if (digits.Length % 4 == 1 || padding > 2 || (padding > 0 && utf8.Length % 4 != 0)) return false;

        // The URL decoder takes no '+' and '/': bring the digits to one alphabet in a buffer, then decode in place.
        byte[] buffer = new byte[digits.Length];
        for (int i = 0; i < digits.Length; i++)
            buffer[i] = digits[i] switch { (byte)'+' => (byte)'-', (byte)'/' => (byte)'_', byte other => other };
        if (Base64Url.DecodeFromUtf8(buffer, buffer, out _, out int written) != OperationStatus.Done) return false;
        Array.Resize(ref buffer, written);
        value = buffer;
        return true;
    }
}
