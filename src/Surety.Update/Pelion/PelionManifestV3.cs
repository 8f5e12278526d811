using System.Formats.Asn1;

namespace Surety.Update;

/// <summary>A manifest of version 3, which Pelion's present device client reads.</summary>
public sealed record PelionManifestV3 : PelionManifest
{
    /// <summary>The component that a device has when it has but one.</summary>
    public const string MainComponent = "MAIN";

    /// <inheritdoc/>
    public override int FormatVersion => 3;

    /// <summary>The part of the device that is updated.</summary>
    public string Component { get; init; } = MainComponent;

    /// <summary>The image's version; a device takes newer ones only.</summary>
    public required PelionVersion Version { get; init; }

    /// <summary>r and s over the digest of the image, for bootloaders that check it at each start; empty: not signed.</summary>
    public ReadOnlyMemory<byte> InstalledSignature { get; init; }

    /// <summary>What the application on the device is given; null: nothing.</summary>
    public ReadOnlyMemory<byte>? VendorData { get; init; }

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(UpdateTarget.ToBytes(VendorId));
            writer.WriteOctetString(UpdateTarget.ToBytes(ClassId));
            writer.WriteInteger(Priority);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, Component);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, Version.ToString());
            writer.WriteOctetString(Payload.Digest.Span);
            writer.WriteInteger(Payload.Size);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, Payload.Uri);
            writer.WriteEnumeratedValue(Payload.Format);
            writer.WriteOctetString(InstalledSignature.Span);
            if (Installed is { } installed)
            {
                using (writer.PushSequence())
                {
                    writer.WriteInteger(installed.Size);
                    writer.WriteOctetString(installed.Digest.Span);
                    if (installed.Precursor is { } precursor)
                        writer.WriteOctetString(precursor.Span);
                }
            }

            if (VendorData is { } data)
                writer.WriteOctetString(data.Span);
        }

        return writer.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> writes.</summary>
    /// <exception cref="AsnContentException">It is not as it must be.</exception>
    internal static PelionManifestV3 Read(AsnReader reader)
    {
        AsnReader manifest = reader.ReadSequence();
        Guid vendor = ReadId(manifest, "vendor's id");
        Guid deviceClass = ReadId(manifest, "class's id");
        long priority = ReadNumber(manifest, "priority");
        string component = ReadText(manifest, "component's name");
        if (!PelionVersion.TryParse(ReadText(manifest, "version"), out PelionVersion version, out string? problem))
            throw new AsnContentException(problem);
        byte[] digest = ReadDigest(manifest, "payload's digest");
        long size = ReadNumber(manifest, "payload's size");
        string uri = ReadText(manifest, "payload's URI");
        PelionPayloadFormat format = ReadFormat(manifest);
        byte[] installedSignature = manifest.ReadOctetString();
        if (installedSignature.Length is not 0 and not 64)
            throw new AsnContentException($"the signature of the image has {installedSignature.Length} bytes and not 64");
        PelionInstalledImage? installed = IsNext(manifest, UniversalTagNumber.Sequence) ? ReadInstalled(manifest.ReadSequence()) : null;
        ReadOnlyMemory<byte>? vendorData = manifest.HasData ? manifest.ReadOctetString() : default(ReadOnlyMemory<byte>?);
        manifest.ThrowIfNotEmpty();
        // A patch is nothing without the image that it is for, and what is encrypted has another digest than what runs.
        if (format is PelionPayloadFormat.ArmPatchStream != installed?.Precursor is not null)
            throw new AsnContentException(installed?.Precursor is null ? "it has a patch and does not say for which image" : "it names an image to be patched, and its payload is no patch");
        if (installed is null && format is PelionPayloadFormat.EncryptedRaw or PelionPayloadFormat.EncryptedCombined)
            throw new AsnContentException("its payload is encrypted, and it does not say what the image is");
        return new PelionManifestV3
        {
            VendorId = vendor,
            ClassId = deviceClass,
            Priority = priority,
            Component = component,
            Version = version,
            Payload = new PelionPayload(format, digest, size, uri),
            InstalledSignature = installedSignature,
            Installed = installed,
            VendorData = vendorData,
        };
    }

    private static PelionInstalledImage ReadInstalled(AsnReader reader)
    {
        long size = ReadNumber(reader, "image's size");
        byte[] digest = ReadDigest(reader, "image's digest");
        ReadOnlyMemory<byte>? precursor = reader.HasData ? ReadDigest(reader, "digest of the image to be patched") : default(ReadOnlyMemory<byte>?);
        reader.ThrowIfNotEmpty();
        return new PelionInstalledImage(digest, size, precursor);
    }
}
