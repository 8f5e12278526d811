using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Surety.Cose;

/// <summary>COSE_Encrypt0: content encrypted and authenticated under a key that both sides have (RFC 9052, 5.2), with AES-GCM or AES-CCM.</summary>
public sealed class CoseEncrypt0
{
    /// <summary>The CBOR tag of such a message.</summary>
    public const ulong Tag = 16;

    private CoseEncrypt0(CoseHeaders headers, ReadOnlyMemory<byte> ciphertext)
    {
        Headers = headers;
        Ciphertext = ciphertext;
    }

    /// <summary>Its headers.</summary>
    public CoseHeaders Headers { get; }

    /// <summary>What is encrypted, with its tag at the end.</summary>
    public ReadOnlyMemory<byte> Ciphertext { get; }

    /// <summary>Reads a message with its CBOR tag.</summary>
    /// <param name="encoded">The whole message.</param>
    /// <param name="message">The message, not decrypted yet.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out CoseEncrypt0? message, [NotNullWhen(false)] out string? problem)
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
            problem = $"it is no COSE_Encrypt0: {e.Message}";
            return false;
        }
    }

    /// <summary>Encrypts, with a random nonce.</summary>
    /// <param name="key">A secret with its algorithm.</param>
    /// <param name="plaintext">The content.</param>
    /// <param name="externalData">What both sides know and is authenticated along.</param>
    /// <returns>The message, tagged.</returns>
    /// <exception cref="ArgumentException">The key is not for this.</exception>
    public static byte[] Encrypt(CoseKey key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ReadOnlySpan<byte> secret = key.SecretFor(key.Algorithm);
        if (AeadShape.Of(key.Algorithm) is not { } shape || secret.Length != shape.KeyLength)
            throw new ArgumentException($"A key of {secret.Length} bytes for {key.Algorithm} encrypts nothing.", nameof(key));
        byte[] nonce = RandomNumberGenerator.GetBytes(shape.NonceLength);
        CoseHeaders headers = CoseHeaders.Make(key.Algorithm, iv: nonce);
        byte[] ciphertext = new byte[plaintext.Length + shape.TagLength];
        byte[] associated = Associated(headers, externalData);
        if (shape.IsGcm)
        {
            using AesGcm gcm = new(secret, shape.TagLength);
            gcm.Encrypt(nonce, plaintext, ciphertext.AsSpan(0, plaintext.Length), ciphertext.AsSpan(plaintext.Length), associated);
        }
        else
        {
            using AesCcm ccm = new(secret);
            ccm.Encrypt(nonce, plaintext, ciphertext.AsSpan(0, plaintext.Length), ciphertext.AsSpan(plaintext.Length), associated);
        }

        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteTag((CborTag)Tag);
        writer.WriteStartArray(3);
        headers.Write(writer);
        writer.WriteByteString(ciphertext);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decrypts.</summary>
    /// <param name="key">The secret.</param>
    /// <param name="externalData">What is authenticated along.</param>
    /// <returns>The content; null: it is not what was encrypted, or not with this key.</returns>
    public byte[]? Decrypt(CoseKey key, ReadOnlySpan<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ReadOnlySpan<byte> secret = key.SecretFor(Headers.Algorithm);
        if (AeadShape.Of(Headers.Algorithm) is not { } shape || secret.Length != shape.KeyLength
            || Headers.Iv is not { } nonce || nonce.Length != shape.NonceLength || Ciphertext.Length < shape.TagLength)
            return null;
        ReadOnlySpan<byte> encrypted = Ciphertext.Span[..^shape.TagLength];
        ReadOnlySpan<byte> tag = Ciphertext.Span[^shape.TagLength..];
        byte[] plaintext = new byte[encrypted.Length];
        byte[] associated = Associated(Headers, externalData);
        try
        {
            if (shape.IsGcm)
            {
                using AesGcm gcm = new(secret, shape.TagLength);
                gcm.Decrypt(nonce.Span, encrypted, tag, plaintext, associated);
            }
            else
            {
                using AesCcm ccm = new(secret);
                ccm.Decrypt(nonce.Span, encrypted, tag, plaintext, associated);
            }
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return plaintext;
    }

    internal static CoseEncrypt0 Read(CborReader reader)
    {
        if (reader.ReadTag() != (CborTag)Tag)
            throw new CborContentException($"its tag is not {Tag}");
        if (reader.ReadStartArray() is { } length and not 3)
            throw new CborContentException($"it has {length} parts and not 3");
        CoseHeaders headers = CoseHeaders.Read(reader);
        byte[] ciphertext = reader.ReadByteString();
        reader.ReadEndArray();
        return new CoseEncrypt0(headers, ciphertext);
    }

    /// <summary>Enc_structure (RFC 9052, 5.3).</summary>
    private static byte[] Associated(CoseHeaders headers, ReadOnlySpan<byte> externalData)
    {
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteStartArray(3);
        writer.WriteTextString("Encrypt0");
        writer.WriteByteString(headers.ProtectedBytes.Span);
        writer.WriteByteString(externalData);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
