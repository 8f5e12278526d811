using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Surety.Cose;

/// <summary>COSE_Mac0: content with a tag under a key that both sides have (RFC 9052, 6.2).</summary>
public sealed class CoseMac0
{
    /// <summary>The CBOR tag of such a message.</summary>
    public const ulong Tag = 17;

    private CoseMac0(CoseHeaders headers, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> authenticationTag)
    {
        Headers = headers;
        Payload = payload;
        AuthenticationTag = authenticationTag;
    }

    /// <summary>Its headers.</summary>
    public CoseHeaders Headers { get; }

    /// <summary>What is authenticated.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The tag.</summary>
    public ReadOnlyMemory<byte> AuthenticationTag { get; }

    /// <summary>Reads a message with its CBOR tag.</summary>
    /// <param name="encoded">The whole message.</param>
    /// <param name="message">The message, not checked yet.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out CoseMac0? message, [NotNullWhen(false)] out string? problem)
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
            problem = $"it is no COSE_Mac0: {e.Message}";
            return false;
        }
    }

    /// <summary>Authenticates content.</summary>
    /// <param name="key">A secret with its algorithm.</param>
    /// <param name="payload">What is authenticated.</param>
    /// <param name="externalData">What both sides know and is authenticated along.</param>
    /// <returns>The message, tagged.</returns>
    /// <exception cref="ArgumentException">The key is not for this.</exception>
    public static byte[] Create(CoseKey key, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        CoseHeaders headers = CoseHeaders.Make(key.Algorithm);
        byte[] tag = Compute(key.SecretFor(key.Algorithm), headers, externalData, payload)
            ?? throw new ArgumentException($"A key for {key.Algorithm} makes no tags.", nameof(key));
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteTag((CborTag)Tag);
        writer.WriteStartArray(4);
        headers.Write(writer);
        writer.WriteByteString(payload);
        writer.WriteByteString(tag);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Whether the tag is that of a key.</summary>
    /// <param name="key">The secret.</param>
    /// <param name="externalData">What is authenticated along.</param>
    public bool IsAuthenticatedBy(CoseKey key, ReadOnlySpan<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ReadOnlySpan<byte> secret = key.SecretFor(Headers.Algorithm);
        return Compute(secret, Headers, externalData, Payload.Span) is { } tag && CryptographicOperations.FixedTimeEquals(tag, AuthenticationTag.Span);
    }

    internal static CoseMac0 Read(CborReader reader)
    {
        if (reader.ReadTag() != (CborTag)Tag)
            throw new CborContentException($"its tag is not {Tag}");
        if (reader.ReadStartArray() is { } length and not 4)
            throw new CborContentException($"it has {length} parts and not 4");
        CoseHeaders headers = CoseHeaders.Read(reader);
        byte[] payload = reader.ReadByteString();
        byte[] tag = reader.ReadByteString();
        reader.ReadEndArray();
        return new CoseMac0(headers, payload, tag);
    }

    /// <summary>RFC 9053, 3.1, over the MAC_structure (RFC 9052, 6.3). Null: no key, or no such algorithm.</summary>
    private static byte[]? Compute(ReadOnlySpan<byte> secret, CoseHeaders headers, ReadOnlySpan<byte> externalData, ReadOnlySpan<byte> payload)
    {
        if (secret.IsEmpty)
            return null;
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteStartArray(4);
        writer.WriteTextString("MAC0");
        writer.WriteByteString(headers.ProtectedBytes.Span);
        writer.WriteByteString(externalData);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        byte[] data = writer.Encode();
        return headers.Algorithm switch
        {
            CoseAlgorithm.Hmac256With64 => HMACSHA256.HashData(secret, data)[..8],
            CoseAlgorithm.Hmac256 => HMACSHA256.HashData(secret, data),
            CoseAlgorithm.Hmac384 => HMACSHA384.HashData(secret, data),
            CoseAlgorithm.Hmac512 => HMACSHA512.HashData(secret, data),
            _ => null,
        };
    }
}
