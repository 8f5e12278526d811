using System.Buffers.Binary;

namespace Surety.Server.Features.Branding;

/// <summary>Tells what an image is by its content: what a browser is to show must be nothing else.</summary>
internal static class ImageContent
{
    /// <summary>Bytes.</summary>
    public const int MaxSize = 1024 * 1024;

    /// <summary>Pixels of a side.</summary>
    public const int MaxSide = 8192;

    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";

    private const int PngHeader = 33;

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The type of an image whose sides are within the bounds; null: it is none.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> content) => IsPng(content) ? Png : IsJpeg(content) ? Jpeg : null;

    // PNG (Third Edition), 5.2 and 11.2.1: the signature, then the chunk IHDR with width and height.
    private static bool IsPng(ReadOnlySpan<byte> content) =>
        content.Length >= PngHeader
        && content.StartsWith(PngSignature)
        && BinaryPrimitives.ReadUInt32BigEndian(content[8..]) == 13
        && content[12..].StartsWith("IHDR"u8)
        && IsSide(BinaryPrimitives.ReadUInt32BigEndian(content[16..]))
        && IsSide(BinaryPrimitives.ReadUInt32BigEndian(content[20..]));

    // ITU-T T.81, B.1 and B.2: segments with their lengths up to the start of the frame, which has height and width.
    private static bool IsJpeg(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            return false;
        var rest = content[2..];
        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            if (marker == 0xFF)
            {
                // A fill byte.
                rest = rest[1..];
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || rest.Length < 2 + length)
                return false;
            // SOF0 to SOF15 but for DHT, JPG and DAC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return length >= 8 && IsSide(BinaryPrimitives.ReadUInt16BigEndian(rest[5..])) && IsSide(BinaryPrimitives.ReadUInt16BigEndian(rest[7..]));
            rest = rest[(2 + length)..];
        }

        return false;
    }

    private static bool IsSide(uint pixels) => pixels is > 0 and <= MaxSide;
}
