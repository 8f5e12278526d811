using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>Makes the options of a connection of what a Security Object holds, and says in words what does not fit (LwM2M Transport 5.2.9).</summary>
internal static class AccountTls
{
    /// <summary>Reads the credentials of an account.</summary>
    /// <param name="uri">The server.</param>
    /// <param name="security">The credentials.</param>
    /// <param name="enrolled">Our certificate in mode 4; null: none yet, which is no fault of the account.</param>
    /// <param name="ownAnchors">The client's own trust anchors, for certificate usages 0 and 1.</param>
    /// <param name="tls">The options; null without security.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryCreate(
        CoapUri uri, AccountSecurity security, TlsCertificate? enrolled, IReadOnlyCollection<X509Certificate2> ownAnchors, out TlsClientOptions? tls, [NotNullWhen(false)] out string? problem)
    {
        tls = null;
        problem = null;
        if (security.Mode == SecurityMode.NoSec)
        {
            if (uri.IsSecure)
                problem = $"the security mode is NoSec (3), and {uri.Scheme} is not";
            return problem is null;
        }

        if (!uri.IsSecure)
            problem = $"the security mode is {(int)security.Mode}, and {uri.Scheme} has no security";
        else if (security.Mode is SecurityMode.PreSharedKey or SecurityMode.RawPublicKey && uri.IsReliable)
            problem = $"security mode {(int)security.Mode} is for coaps here, not for {uri.Scheme}";
        if (problem is not null)
            return false;
        try
        {
            tls = security.Mode switch
            {
                SecurityMode.PreSharedKey => new TlsClientOptions
                {
                    ServerTrust = new CertificateTrust(),
                    PreSharedKey = new TlsPreSharedKey(security.PublicKeyOrIdentity, security.SecretKey),
                },
                SecurityMode.RawPublicKey => CreateRawPublicKey(security),
                SecurityMode.Certificate => CreateCertificate(security, ReadOwnCertificate(security), ownAnchors),
                SecurityMode.CertificateWithEst => CreateCertificate(security, enrolled, ownAnchors),
                _ => throw new FormatException($"there is no security mode {(int)security.Mode}"),
            };
            return true;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            problem = e.Message;
            return false;
        }
    }

    private static TlsClientOptions CreateRawPublicKey(AccountSecurity security)
    {
        var own = new TlsRawPublicKey(ReadPrivateKey(security));
        if (!security.PublicKeyOrIdentity.IsEmpty && !own.SubjectPublicKeyInfo.Span.SequenceEqual(security.PublicKeyOrIdentity.Span))
            throw new FormatException("resource 5 is not the private key of the public key in resource 3");
        if (security.ServerPublicKey.IsEmpty)
            throw new FormatException("resource 4, the server's public key, is missing");
        return new TlsClientOptions
        {
            ServerTrust = new CertificateTrust { FindRawPublicKey = Matcher(security) },
            RawPublicKey = own,
        };
    }

    private static TlsClientOptions CreateCertificate(AccountSecurity security, TlsCertificate? own, IReadOnlyCollection<X509Certificate2> ownAnchors)
    {
        if (security.ServerPublicKey.IsEmpty)
            throw new FormatException("resource 4, the server's certificate or its authority's, is missing");
        Func<ReadOnlyMemory<byte>, bool> isMeant = Matcher(security);
        X509Certificate2? whole = security.MatchingType is null or 0 ? ReadCertificate(security.ServerPublicKey, 4) : null;
        bool isAuthority = whole?.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is { CertificateAuthority: true };
        ulong usage = security.CertificateUsage ?? (isAuthority ? 2UL : 3UL);
        if (usage > 3)
            throw new FormatException($"there is no certificate usage {usage}");
        bool isConstraint = usage < 2 && ownAnchors.Count > 0;
        return new TlsClientOptions
        {
            Certificate = own,
            ServerName = string.IsNullOrEmpty(security.Sni) ? null : security.Sni,
            // RFC 7671, 5.1: who has the very certificate needs no name in it.
            ChecksServerName = usage is 0 or 2 || isConstraint,
            ServerTrust = isConstraint
                ? new CertificateTrust { FindAnchors = sent => Meant(usage == 0 ? sent.Concat(ownAnchors) : sent.Take(1), isMeant).Any() || (usage == 0 && whole is not null && ownAnchors.Contains(whole)) ? ownAnchors : [] }
                : usage is 0 or 2 && whole is not null ? new CertificateTrust { Anchors = [whole] }
                : new CertificateTrust { FindAnchors = sent => Meant(usage is 0 or 2 ? sent : sent.Take(1), isMeant) },
        };
    }

    private static IEnumerable<X509Certificate2> Meant(IEnumerable<X509Certificate2> certificates, Func<ReadOnlyMemory<byte>, bool> isMeant) =>
        certificates.Where(certificate => isMeant(certificate.RawDataMemory));

    /// <summary>E.1, resource 13.</summary>
    private static Func<ReadOnlyMemory<byte>, bool> Matcher(AccountSecurity security)
    {
        ReadOnlyMemory<byte> expected = security.ServerPublicKey;
        (int length, Func<ReadOnlyMemory<byte>, byte[]> hash) = security.MatchingType switch
        {
            null or 0 => (0, static data => data.ToArray()),
            1 => (SHA256.HashSizeInBytes, static data => SHA256.HashData(data.Span)),
            2 => (SHA384.HashSizeInBytes, static data => SHA384.HashData(data.Span)),
            3 => (SHA512.HashSizeInBytes, (Func<ReadOnlyMemory<byte>, byte[]>)(static data => SHA512.HashData(data.Span))),
            _ => throw new FormatException($"there is no matching type {security.MatchingType}"),
        };
        if (length != 0 && expected.Length != length)
            throw new FormatException($"resource 4 has {expected.Length} bytes, and a hash of matching type {security.MatchingType} has {length}");
        return data => hash(data).AsSpan().SequenceEqual(expected.Span);
    }

    private static TlsCertificate ReadOwnCertificate(AccountSecurity security)
    {
        if (security.PublicKeyOrIdentity.IsEmpty)
            throw new FormatException("resource 3, the client's certificate, is missing");
        X509Certificate2 certificate = ReadCertificate(security.PublicKeyOrIdentity, 3);
        using ECDsa key = ReadPrivateKey(security);
        try
        {
            return new TlsCertificate(certificate.CopyWithPrivateKey(key));
        }
        catch (ArgumentException)
        {
            throw new FormatException("resource 5 is not the private key of the certificate in resource 3");
        }
    }

    private static X509Certificate2 ReadCertificate(ReadOnlyMemory<byte> der, int resource)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            throw new FormatException($"resource {resource} is no certificate in DER");
        }
    }

    private static ECDsa ReadPrivateKey(AccountSecurity security)
    {
        if (security.SecretKey.IsEmpty)
            throw new FormatException("resource 5, the private key, is missing");
        var key = ECDsa.Create();
        try
        {
            try
            {
                key.ImportPkcs8PrivateKey(security.SecretKey.Span, out _);
            }
            catch (CryptographicException)
            {
                key.ImportECPrivateKey(security.SecretKey.Span, out _);
            }

            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new FormatException("resource 5 is no elliptic-curve private key, neither as PKCS #8 nor as SEC 1");
        }
    }
}
