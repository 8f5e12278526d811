using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Surety.Cose;

/// <summary>COSE_Sign1: content with one signature (RFC 9052, 4.2).</summary>
public sealed class CoseSign1
{
    /// <summary>The CBOR tag of such a message.</summary>
    public const ulong Tag = 18;

    private CoseSign1(CoseHeaders headers, ReadOnlyMemory<byte>? payload, ReadOnlyMemory<byte> signature)
    {
        Headers = headers;
        Payload = payload;
        Signature = signature;
    }

    /// <summary>Its headers.</summary>
    public CoseHeaders Headers { get; }

    /// <summary>What is signed; null: it is elsewhere (detached).</summary>
    public ReadOnlyMemory<byte>? Payload { get; }

    /// <summary>r and s.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Reads a message with its tag.</summary>
    /// <param name="encoded">The whole message.</param>
    /// <param name="message">The message, whose signature is not checked yet.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out CoseSign1? message, [NotNullWhen(false)] out string? problem)
    {
        message = null;
        problem = null;
        try
        {
            CborReader reader = StrictCbor.Open(encoded);
            message = Read(reader);
            StrictCbor.End(reader);
            return true;
        }
        catch (Exception e) when (StrictCbor.IsContent(e))
        {
            message = null;
            problem = $"it is no COSE_Sign1: {e.Message}";
            return false;
        }
    }

    /// <summary>Signs.</summary>
    /// <param name="signer">The key.</param>
    /// <param name="payload">What is signed.</param>
    /// <param name="isDetached">The message is without it.</param>
    /// <param name="keyId">Which key it is, for who has several; empty: not said.</param>
    /// <param name="externalData">What both sides know and is signed along (external_aad).</param>
    /// <returns>The message, tagged.</returns>
    public static byte[] Sign(
        ICoseSigner signer, ReadOnlySpan<byte> payload, bool isDetached = false, ReadOnlyMemory<byte> keyId = default, ReadOnlySpan<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(signer);
        CoseHeaders headers = CoseHeaders.Make(signer.Algorithm, keyId);
        byte[] signature = signer.Sign(ToBeSigned(headers, externalData, payload));
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteTag((CborTag)Tag);
        writer.WriteStartArray(4);
        headers.Write(writer);
        if (isDetached)
            writer.WriteNull();
        else
            writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Whether the signature is that of a key.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="detached">What is signed, when it is not in the message.</param>
    /// <param name="externalData">What is signed along.</param>
    public bool IsSignedBy(CoseKey key, ReadOnlySpan<byte> detached = default, ReadOnlySpan<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.MayVerify(Headers.Algorithm))
            return false;
        using ECDsa? ecdsa = key.ToECDsa();
        return ecdsa is not null && IsSignedBy(ecdsa, detached, externalData);
    }

    /// <summary>Whether the signature is that of a key.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="detached">What is signed, when it is not in the message.</param>
    /// <param name="externalData">What is signed along.</param>
    public bool IsSignedBy(ECDsa key, ReadOnlySpan<byte> detached = default, ReadOnlySpan<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Ecdsa.IsSignature(Headers.Algorithm)
            && Ecdsa.Verify(key, Headers.Algorithm, ToBeSigned(Headers, externalData, Payload is { } payload ? payload.Span : detached), Signature.Span);
    }

    internal static CoseSign1 Read(CborReader reader)
    {
        if (reader.ReadTag() != (CborTag)Tag)
            throw new CborContentException($"its tag is not {Tag}");
        if (reader.ReadStartArray() is { } length and not 4)
            throw new CborContentException($"it has {length} parts and not 4");
        CoseHeaders headers = CoseHeaders.Read(reader);
        ReadOnlyMemory<byte>? payload = null;
        if (reader.PeekState() == CborReaderState.Null)
            reader.ReadNull();
        else
            payload = reader.ReadByteString();
        ReadOnlyMemory<byte> signature = reader.ReadByteString();
        reader.ReadEndArray();
        return new CoseSign1(headers, payload, signature);
    }

    /// <summary>Sig_structure (RFC 9052, 4.4).</summary>
    private static byte[] ToBeSigned(CoseHeaders headers, ReadOnlySpan<byte> externalData, ReadOnlySpan<byte> payload)
    {
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(headers.ProtectedBytes.Span);
        writer.WriteByteString(externalData);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
