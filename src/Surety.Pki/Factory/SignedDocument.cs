using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Surety.Pki;

/// <summary>
/// A JSON document with an ECDSA signature: a JWS in the flattened JSON serialization (RFC 7515, 7.2.2) with <c>alg</c> ES256 or ES384, <c>typ</c> and the signer's certificates in <c>x5c</c>.
/// </summary>
internal static class SignedDocument
{
    /// <summary>The longest document read, bytes: some 100,000 devices.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    public static byte[] Sign(ReadOnlySpan<byte> payload, string type, SigningKey key, IEnumerable<X509Certificate2> chain)
    {
        string header = Base64Url.EncodeToString(WriteJson(writer =>
        {
            writer.WriteString("alg", key.Curve == KeyCurve.P384 ? "ES384" : "ES256");
            writer.WriteString("typ", type);
            writer.WriteStartArray("x5c");
            foreach (X509Certificate2 certificate in chain)
                writer.WriteBase64StringValue(certificate.RawData);
            writer.WriteEndArray();
        }));
        string body = Base64Url.EncodeToString(payload);
        // RFC 7518, 3.4: r and s, each as long as the curve's order.
        byte[] signature = ToFixed(key.Sign(Encoding.ASCII.GetBytes(header + "." + body)), key.Curve == KeyCurve.P384 ? 48 : 32);
        byte[] document = WriteJson(writer =>
        {
            writer.WriteString("protected", header);
            writer.WriteString("payload", body);
            writer.WriteString("signature", Base64Url.EncodeToString(signature));
        });
        return [.. document, (byte)'\n'];
    }

    /// <summary>Reads a document whose signer is believed.</summary>
    public static bool TryVerify(
        ReadOnlySpan<byte> document, string type, CertificationPathValidator trusted, DateTimeOffset time, [NotNullWhen(true)] out byte[]? payload, [NotNullWhen(false)] out string? problem)
    {
        payload = null;
        if (document.Length > MaxLength)
        {
            problem = $"it is longer than {MaxLength} bytes";
            return false;
        }

        try
        {
            using JsonDocument outer = JsonDocument.Parse(document.ToArray());
            string encodedHeader = Text(outer.RootElement, "protected"), encodedPayload = Text(outer.RootElement, "payload");
            byte[] signature = Base64Url.DecodeFromChars(Text(outer.RootElement, "signature"));
            using JsonDocument header = JsonDocument.Parse(Base64Url.DecodeFromChars(encodedHeader));
            if (Text(header.RootElement, "typ") != type)
            {
                problem = $"it is no {type}, but says that it is '{Text(header.RootElement, "typ")}'";
                return false;
            }

            // RFC 7515, 4.1.11: what is critical must be understood; nothing is.
            if (header.RootElement.TryGetProperty("crit", out _))
            {
                problem = "its header has critical members that are not understood";
                return false;
            }

            ReadOnlyMemory<byte>[] chain = [.. header.RootElement.GetProperty("x5c").EnumerateArray().Take(CertificationPathValidator.MaxPathLength).Select(c => (ReadOnlyMemory<byte>)c.GetBytesFromBase64())];
            problem = chain.Length == 0 ? "its signer's certificate is missing (x5c)" : Check(chain, Text(header.RootElement, "alg"), encodedHeader + "." + encodedPayload, signature, trusted, time);
            if (problem is not null)
                return false;
            payload = Base64Url.DecodeFromChars(encodedPayload);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            problem = $"it is no signed JSON document ({e.Message})";
            return false;
        }
    }

    private static string? Check(ReadOnlyMemory<byte>[] chain, string algorithm, string signed, byte[] signature, CertificationPathValidator trusted, DateTimeOffset time)
    {
        CertificationPath path = trusted.Validate(chain[0], chain.Skip(1), time, CertificatePurpose.Authority);
        if (!path.IsValid)
            return $"its signer is not trusted: {path.Reason}";
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(chain[0].Span);
        using ECDsa? key = certificate.GetECDsaPublicKey();
        HashAlgorithmName? hash = (algorithm, key?.KeySize) switch
        {
            ("ES256", 256) => HashAlgorithmName.SHA256,
            ("ES384", 384) => HashAlgorithmName.SHA384,
            _ => null,
        };
        return hash is null ? $"its algorithm '{algorithm}' does not go with the signer's key"
            : key!.VerifyData(Encoding.ASCII.GetBytes(signed), signature, hash.Value, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? null
            : "its signature is wrong: it was changed, or signed by somebody else";
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static byte[] WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static byte[] ToFixed(byte[] der, int length)
    {
        System.Formats.Asn1.AsnReader reader = new System.Formats.Asn1.AsnReader(der, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        byte[] result = new byte[length * 2];
        for (int half = 0; half < 2; half++)
        {
            ReadOnlySpan<byte> value = reader.ReadIntegerBytes().Span.TrimStart((byte)0);
            value.CopyTo(result.AsSpan(((half + 1) * length) - value.Length));
        }

        return result;
    }
}
