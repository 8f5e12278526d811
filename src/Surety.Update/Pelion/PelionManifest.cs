using System.Formats.Asn1;

namespace Surety.Update;

/// <summary>What one of Pelion's manifests says, in either version: which devices it is for, and what they shall install.</summary>
public abstract record PelionManifest
{
    /// <summary>Bytes of a SHA-256.</summary>
    protected const int DigestLength = 32;

    /// <summary>Characters of a URI, at most: the manifest as a whole has to fit into 2 KB.</summary>
    private const int MaxTextLength = 1024;

    /// <summary>The version of the format: 1 or 3.</summary>
    public abstract int FormatVersion { get; }

    /// <summary>Whose devices it is for (<see cref="UpdateTarget.VendorOf"/>).</summary>
    public required Guid VendorId { get; init; }

    /// <summary>Which of them (<see cref="UpdateTarget.ClassOf"/>).</summary>
    public required Guid ClassId { get; init; }

    /// <summary>How urgent it is, for the application on the device.</summary>
    public long Priority { get; init; }

    /// <summary>What is downloaded.</summary>
    public required PelionPayload Payload { get; init; }

    /// <summary>What is installed; null: the payload is.</summary>
    public PelionInstalledImage? Installed { get; init; }

    /// <summary>SHA-256 of what runs on the device when it is done.</summary>
    public ReadOnlyMemory<byte> ImageDigest => Installed?.Digest ?? Payload.Digest;

    /// <summary>Length of what runs on the device when it is done, bytes.</summary>
    public long ImageSize => Installed?.Size ?? Payload.Size;

    /// <summary>Encodes it, DER: what is signed.</summary>
    public abstract byte[] Encode();

    private protected static Guid ReadId(AsnReader reader, string name)
    {
        byte[] id = reader.ReadOctetString();
        return id.Length == 16 ? UpdateTarget.FromBytes(id) : throw new AsnContentException($"the {name} has {id.Length} bytes and not 16");
    }

    private protected static byte[] ReadDigest(AsnReader reader, string name)
    {
        byte[] digest = reader.ReadOctetString();
        return digest.Length == DigestLength ? digest : throw new AsnContentException($"the {name} has {digest.Length} bytes and not {DigestLength}");
    }

    private protected static long ReadNumber(AsnReader reader, string name) =>
        reader.TryReadInt64(out long number) && number >= 0 ? number : throw new AsnContentException($"the {name} is negative or too large");

    private protected static string ReadText(AsnReader reader, string name)
    {
        string text = reader.ReadCharacterString(UniversalTagNumber.UTF8String);
        return text.Length > MaxTextLength ? throw new AsnContentException($"the {name} is longer than {MaxTextLength} characters")
            : text.Contains('\0', StringComparison.Ordinal) ? throw new AsnContentException($"there is a NUL in the {name}")
            : text;
    }

    private protected static PelionPayloadFormat ReadFormat(AsnReader reader)
    {
        byte[] value = reader.ReadEnumeratedBytes().ToArray();
        int format = value.Length <= 2 ? value.Aggregate(0, (number, part) => (number << 8) | part) : -1;
        return Enum.IsDefined((PelionPayloadFormat)format) ? (PelionPayloadFormat)format : throw new AsnContentException($"payloads of format {format} are not known here");
    }

    private protected static bool IsNext(AsnReader reader, UniversalTagNumber tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(new Asn1Tag(tag));
}
