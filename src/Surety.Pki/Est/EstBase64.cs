using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Pki;

/// <summary>
/// The bodies of EST over HTTP: base64 (RFC 4648, 4), with or without line breaks. The header Content-Transfer-Encoding that RFC 7030 has
/// beside it means nothing in HTTP; RFC 8951, 3.1 has receivers ignore it.
/// </summary>
public static class EstBase64
{
    // RFC 7468, 2: what OpenSSL's decoder takes, which reads no longer lines unless told to.
    private const int LineLength = 64;

    /// <summary>Writes a body, in lines of 64 characters.</summary>
    public static string Write(ReadOnlySpan<byte> der)
    {
        string text = Convert.ToBase64String(der);
        var lines = new StringBuilder(text.Length + (text.Length / LineLength * 2) + 2);
        for (int i = 0; i < text.Length; i += LineLength)
            lines.Append(text, i, Math.Min(LineLength, text.Length - i)).Append("\r\n");
        return lines.ToString();
    }

    /// <summary>Reads a body.</summary>
    /// <param name="text">The whole body: the base64 alphabet with its padding, and white space anywhere.</param>
    /// <param name="der">What it says.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? der, [NotNullWhen(false)] out string? problem)
    {
        der = null;
        if (text.StartsWith("-----BEGIN"u8))
        {
            problem = "the body is PEM; send the base64 between its first and its last line, without them";
            return false;
        }

        // A SEQUENCE, which in base64 begins with M.
        if (!text.IsEmpty && text[0] == 0x30)
        {
            problem = "the body is DER; send it in base64 (RFC 7030, 4.2.1)";
            return false;
        }

        byte[] buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length) + 3];
        if (!Base64.IsValid(text, out int length) || Base64.DecodeFromUtf8(text, buffer, out _, out int written) != System.Buffers.OperationStatus.Done || written != length)
        {
            problem = "the body is not base64 (RFC 4648, 4)";
            return false;
        }

        der = buffer[..written];
        problem = null;
        return true;
    }
}
