using System.Formats.Asn1;

namespace Surety.Update;

/// <summary>A manifest of version 1, which Pelion's older update client reads.</summary>
public sealed record PelionManifestV1 : PelionManifest
{
    // encryptionMode: none, signed with ECDSA on P-256 and SHA-256.
    private const int NoneEccSecp256r1Sha256 = 2;

    // manifestVersion.
    private const int FirstVersion = 1;

    // What the writer of ASN.1 takes for an ENUMERATED.
    private enum Number
    {
        Zero,
    }

    /// <inheritdoc/>
    public override int FormatVersion => 1;

    /// <summary>When it was made, seconds since 1970, and by that its version; a device takes newer ones only.</summary>
    public required long Timestamp { get; init; }

    /// <summary>What it is, for people; null: nothing.</summary>
    public string? Description { get; init; }

    /// <summary>The one device that it is for; empty: all of its class.</summary>
    public ReadOnlyMemory<byte> DeviceId { get; init; }

    /// <summary>Random bytes; devices ignore them.</summary>
    public ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>What the application on the device is given.</summary>
    public ReadOnlyMemory<byte> VendorInfo { get; init; }

    /// <summary>Where on the device the image goes.</summary>
    public string StorageIdentifier { get; init; } = "default";

    /// <summary>Whether there is a priority at all.</summary>
    public bool HasPriority { get; init; } = true;

    /// <summary>Installed without waiting for more; devices ignore it.</summary>
    public bool ApplyImmediately { get; init; } = true;

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        // Resource: no uri, of the type "manifest".
        using (writer.PushSequence())
        {
            writer.WriteEnumeratedValue((Number)0);
            using (writer.PushSequence())
                WriteManifest(writer);
        }

        return writer.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> writes, and what others write that means the same.</summary>
    /// <exception cref="AsnContentException">It is not as it must be, or nothing that devices support.</exception>
    internal static PelionManifestV1 Read(AsnReader reader)
    {
        AsnReader resource = reader.ReadSequence();
        if (IsNext(resource, UniversalTagNumber.UTF8String))
            resource.ReadCharacterString(UniversalTagNumber.UTF8String);
        if (ReadEnumerated(resource) != 0)
            throw new AsnContentException("it carries a payload and no manifest");
        AsnReader manifest = resource.ReadSequence();
        resource.ThrowIfNotEmpty();
        if (ReadEnumerated(manifest) != FirstVersion)
            throw new AsnContentException("its version is not 1");
        string? description = IsNext(manifest, UniversalTagNumber.UTF8String) ? ReadText(manifest, "description") : null;
        long timestamp = ReadNumber(manifest, "timestamp");
        Guid vendor = ReadId(manifest, "vendor's id");
        Guid deviceClass = ReadId(manifest, "class's id");
        byte[] deviceId = manifest.ReadOctetString(), nonce = manifest.ReadOctetString(), vendorInfo = manifest.ReadOctetString();
        ReadOnlyMemory<byte>? precursor = IsNext(manifest, UniversalTagNumber.OctetString) ? ReadDigest(manifest, "digest of the image to be patched") : default(ReadOnlyMemory<byte>?);
        if (IsNext(manifest, UniversalTagNumber.Sequence))
            throw new AsnContentException("it has a period of validity, which devices do not support");
        bool applyImmediately = manifest.ReadBoolean();
        bool hasPriority = IsNext(manifest, UniversalTagNumber.Integer);
        long priority = hasPriority ? ReadNumber(manifest, "priority") : 0;
        if (!IsNext(manifest, UniversalTagNumber.Enumerated) || ReadEnumerated(manifest) != NoneEccSecp256r1Sha256)
            throw new AsnContentException("its encryption mode is not none-ecc-secp256r1-sha256, the one that is supported");
        if (manifest.ReadSequence().HasData || manifest.ReadSequence().HasData)
            throw new AsnContentException("it has aliases or dependencies, which devices do not support");
        (PelionPayload payload, string storage, PelionInstalledImage? installed) = ReadPayload(manifest.ReadSequence(), precursor);
        manifest.ThrowIfNotEmpty();
        return new PelionManifestV1
        {
            Timestamp = timestamp,
            Description = description,
            VendorId = vendor,
            ClassId = deviceClass,
            DeviceId = deviceId,
            Nonce = nonce,
            VendorInfo = vendorInfo,
            ApplyImmediately = applyImmediately,
            HasPriority = hasPriority,
            Priority = priority,
            StorageIdentifier = storage,
            Payload = payload,
            Installed = installed,
        };
    }

    private static (PelionPayload Payload, string Storage, PelionInstalledImage? Installed) ReadPayload(AsnReader reader, ReadOnlyMemory<byte>? precursor)
    {
        PelionPayloadFormat format = ReadFormat(reader);
        if (format is not PelionPayloadFormat.RawBinary and not PelionPayloadFormat.ArmPatchStream)
            throw new AsnContentException($"manifests of version 1 have no payloads of format {(int)format}");
        if (IsNext(reader, UniversalTagNumber.Sequence))
            throw new AsnContentException("its payload is encrypted, which devices do not support");
        string storage = ReadText(reader, "storage identifier");
        AsnReader reference = reader.ReadSequence();
        byte[] digest = ReadDigest(reference, "payload's digest");
        string uri = IsNext(reference, UniversalTagNumber.UTF8String) ? ReadText(reference, "payload's URI") : "";
        long size = ReadNumber(reference, "payload's size");
        reference.ThrowIfNotEmpty();
        long? installedSize = IsNext(reader, UniversalTagNumber.Integer) ? ReadNumber(reader, "image's size") : null;
        byte[]? installedDigest = IsNext(reader, UniversalTagNumber.OctetString) ? ReadDigest(reader, "image's digest") : null;
        reader.ThrowIfNotEmpty();
        if (installedSize is null != installedDigest is null)
            throw new AsnContentException("it says the image's size or its digest, and not both");
        if (precursor is not null != (format is PelionPayloadFormat.ArmPatchStream) || (precursor is not null && installedSize is null))
            throw new AsnContentException("a patch comes with the digests of the images before and after, and only a patch does");
        return (new PelionPayload(format, digest, size, uri), storage, installedSize is { } length ? new PelionInstalledImage(installedDigest, length, precursor) : null);
    }

    private void WriteManifest(AsnWriter writer)
    {
        writer.WriteEnumeratedValue((Number)FirstVersion);
        if (Description is not null)
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, Description);
        writer.WriteInteger(Timestamp);
        writer.WriteOctetString(UpdateTarget.ToBytes(VendorId));
        writer.WriteOctetString(UpdateTarget.ToBytes(ClassId));
        writer.WriteOctetString(DeviceId.Span);
        writer.WriteOctetString(Nonce.Span);
        writer.WriteOctetString(VendorInfo.Span);
        if (Installed?.Precursor is { } precursor)
            writer.WriteOctetString(precursor.Span);
        writer.WriteBoolean(ApplyImmediately);
        if (HasPriority)
            writer.WriteInteger(Priority);
        writer.WriteEnumeratedValue((Number)NoneEccSecp256r1Sha256);
        // Aliases and dependencies.
        writer.PushSequence().Dispose();
        writer.PushSequence().Dispose();
        using (writer.PushSequence())
        {
            writer.WriteEnumeratedValue(Payload.Format);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, StorageIdentifier);
            using (writer.PushSequence())
            {
                writer.WriteOctetString(Payload.Digest.Span);
                if (Payload.Uri.Length > 0)
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, Payload.Uri);
                writer.WriteInteger(Payload.Size);
            }

            if (Installed is { } installed)
            {
                writer.WriteInteger(installed.Size);
                writer.WriteOctetString(installed.Digest.Span);
            }
        }
    }

    private static int ReadEnumerated(AsnReader reader)
    {
        ReadOnlySpan<byte> value = reader.ReadEnumeratedBytes().Span;
        return value.Length == 1 ? value[0] : -1;
    }
}
