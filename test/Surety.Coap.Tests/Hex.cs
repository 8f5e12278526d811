namespace Surety.Coap.Tests;

internal static class Hex
{
    /// <summary>Bytes from hexadecimal digits with white space between them.</summary>
    public static byte[] Bytes(string digits) => Convert.FromHexString(string.Concat(digits.Where(c => !char.IsWhiteSpace(c))));

    public static string Digits(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
