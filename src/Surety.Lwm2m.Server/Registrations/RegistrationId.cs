using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// Names a registration in its Location-Path, <c>/rd/{id}</c>: 64 bits that cannot be guessed, since without security the path alone lets
/// a client update a registration. Eleven characters of base64url.
/// </summary>
/// <param name="Value">The bits.</param>
public readonly record struct RegistrationId(ulong Value)
{
    /// <summary>Characters of the text form.</summary>
    public const int TextLength = 11;

    /// <summary>A new one.</summary>
    public static RegistrationId Create() => new(RandomNumbers.NextUInt64());

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out RegistrationId id)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (utf8.Length == TextLength && Base64Url.IsValid(utf8, out int length) && length == 8 && Base64Url.TryDecodeFromUtf8(utf8, bytes, out int written) && written == 8)
        {
            id = new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>Writes the text form.</summary>
    public void Format(Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
        Base64Url.EncodeToUtf8(bytes, utf8);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[TextLength];
        Format(text);
        return Encoding.ASCII.GetString(text);
    }
}
