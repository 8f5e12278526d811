using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>A PKCS #10 request whose signature proves that its sender has the private key (RFC 2986).</summary>
public sealed class CertificationRequest
{
    /// <summary>The longest request read, bytes: one with a P-256 key and a few attributes has about 300.</summary>
    public const int MaxLength = 16 * 1024;

    private CertificationRequest(ReadOnlyMemory<byte> rawData, X500DistinguishedName subject, PublicKey key)
    {
        RawData = rawData;
        Subject = subject;
        PublicKey = key;
    }

    /// <summary>The request as it came, DER: for authorities elsewhere.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The names asked for. They are a wish, nothing more.</summary>
    public X500DistinguishedName Subject { get; }

    /// <summary>The key, possession of which was proven.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Reads a request from DER.</summary>
    /// <param name="der">The whole request.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(ReadOnlySpan<byte> der, [NotNullWhen(true)] out CertificationRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        if (der.Length > MaxLength)
        {
            problem = $"the request is longer than {MaxLength} bytes";
            return false;
        }

        try
        {
            CertificateRequest parsed = CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256, out int read);
            if (read != der.Length)
            {
                problem = "there are bytes behind the request";
                return false;
            }

            if (!IsAcceptable(parsed.PublicKey))
            {
                problem = "the key is neither on the curve P-256 nor on P-384";
                return false;
            }

            request = new CertificationRequest(der.ToArray(), parsed.SubjectName, parsed.PublicKey);
            problem = null;
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            problem = $"it is no PKCS #10 request whose signature verifies ({e.Message})";
            return false;
        }
    }

    // RFC 7925, 4.4: secp256r1 is the recommended curve.
    private static bool IsAcceptable(PublicKey key)
    {
        using ECDsa? ec = key.GetECDsaPublicKey();
        return ec is { KeySize: 256 or 384 };
    }
}
