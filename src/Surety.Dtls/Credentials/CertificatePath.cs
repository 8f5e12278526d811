using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Path validation (RFC 5280, 6) for what devices have: ECDSA on P-256 and P-384 with SHA-2, no policies, no name constraints. What it accepts
/// is valid; what it does not may still be, for somebody who can do more.
/// </summary>
internal static class CertificatePath
{
    private static ReadOnlySpan<byte> EcdsaWithSha256 => [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];

    private static ReadOnlySpan<byte> EcdsaWithSha384 => [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];

    // Signatures that are checked against anchors of one name, so that many authorities of the same name cost no more than a few do.
    private const int MaxCandidates = 8;

    /// <summary>Validates a path from a peer's certificate to an anchor.</summary>
    /// <param name="crypto">Verifies the signatures.</param>
    /// <param name="chain">What the peer sent, its own certificate first.</param>
    /// <param name="rules">Whom to believe.</param>
    /// <param name="isServer">The peer is the server.</param>
    /// <param name="now">The time.</param>
    /// <param name="anchor">The anchor that the path ends in.</param>
    /// <param name="problem">What <see cref="PathRules.FindRevocation"/> said.</param>
    /// <returns><see cref="AlertDescription.CloseNotify"/> when it is valid; else what to tell the peer.</returns>
    public static AlertDescription Validate(
        CryptoBackend crypto, IReadOnlyList<byte[]> chain, PathRules rules, bool isServer, DateTimeOffset now, out byte[]? anchor, out string? problem)
    {
        anchor = null;
        problem = null;
        byte[] current = chain[0];
        if (!CertificateFields.TryRead(current, out CertificateFields leaf))
            return AlertDescription.BadCertificate;
        if (!EcPublicKey.TryRead(leaf.SubjectPublicKeyInfo, out _) || leaf.HasMore)
            return AlertDescription.UnsupportedCertificate;
        if (!leaf.MaySign || !(isServer ? leaf.MayBeServer : leaf.MayBeClient))
            return AlertDescription.UnsupportedCertificate;
        for (int below = 0; below < CertificateMessage.MaxChainLength; below++)
        {
            if (!CertificateFields.TryRead(current, out CertificateFields fields))
                return AlertDescription.BadCertificate;
            // The grace is for the peer's own certificate; authorities get none.
            if (now < fields.NotBefore || (now > fields.NotAfter && (below > 0 || now - fields.NotAfter > rules.ExpiryGrace)))
                return AlertDescription.CertificateExpired;
            anchor = rules.FindAnchor(current);
            // An anchor is believed for its own sake, unless it is the peer's certificate, of which may be asked like of any.
            if ((anchor is null || below == 0) && rules.FindRevocation?.Invoke(current) is { } reason)
            {
                problem = reason;
                return AlertDescription.CertificateRevoked;
            }

            // below counts the authorities between the peer's certificate and the issuer looked for.
            anchor ??= FindAnchor(crypto, fields, rules, below, isServer, now);
            if (anchor is not null)
                return AlertDescription.CloseNotify;
            if ((FindIssuer(crypto, fields, rules.Intermediates, below, isServer, now) ?? FindIssuer(crypto, fields, chain, below, isServer, now)) is not { } next)
                return AlertDescription.UnknownCa;
            current = next;
        }

        return AlertDescription.UnknownCa;
    }

    /// <summary>The certificate is for a host (RFC 6125, 6; RFC 7925, 4.4.1): its subjectAltName says so, in full.</summary>
    public static bool IsFor(ReadOnlySpan<byte> certificate, string host)
    {
        if (!CertificateFields.TryRead(certificate, out CertificateFields fields))
            return false;
        bool isAddress = System.Net.IPAddress.TryParse(host, out System.Net.IPAddress? address);
        byte[] wanted = isAddress ? address!.GetAddressBytes() : System.Text.Encoding.ASCII.GetBytes(host.TrimEnd('.'));
        var names = new DerReader(fields.SubjectAlternativeName);
        while (!names.IsEmpty)
        {
            names.ReadAny(out byte tag, out ReadOnlySpan<byte> name);
            // dNSName is [2], iPAddress [7].
            if (isAddress ? tag == 0x87 && name.SequenceEqual(wanted) : tag == 0x82 && System.Text.Ascii.EqualsIgnoreCase(name, wanted))
                return true;
        }

        return false;
    }

    private static byte[]? FindAnchor(CryptoBackend crypto, in CertificateFields fields, PathRules rules, int below, bool isServer, DateTimeOffset now)
    {
        int candidates = 0;
        for (int rank = 0; rank <= 2; rank++)
        {
            foreach (TrustAnchorSet set in rules.Anchors)
            {
                foreach (TrustAnchor candidate in set.WithSubject(fields.Issuer))
                {
                    if (candidate.GetRank(fields.AuthorityKeyIdentifier) != rank)
                        continue;
                    if (candidates++ == MaxCandidates)
                        return null;
                    if (IsIssuer(crypto, candidate.Certificate, fields, below, isServer, now))
                        return candidate.Certificate;
                }
            }
        }

        return null;
    }

    private static byte[]? FindIssuer(CryptoBackend crypto, in CertificateFields fields, IReadOnlyCollection<byte[]> candidates, int below, bool isServer, DateTimeOffset now)
    {
        foreach (byte[] candidate in candidates)
        {
            if (IsIssuer(crypto, candidate, fields, below, isServer, now))
                return candidate;
        }

        return null;
    }

    private static bool IsIssuer(CryptoBackend crypto, byte[] candidate, in CertificateFields fields, int below, bool isServer, DateTimeOffset now) =>
        CertificateFields.TryRead(candidate, out CertificateFields issuer) && issuer.Subject.SequenceEqual(fields.Issuer)
        && issuer.IsAuthority && issuer.MayIssue && !issuer.HasMore && issuer.PathLength >= below && (isServer ? issuer.MayBeServer : issuer.MayBeClient)
        && now >= issuer.NotBefore && now <= issuer.NotAfter && IsSignedBy(crypto, fields, issuer);

    private static bool IsSignedBy(CryptoBackend crypto, in CertificateFields fields, in CertificateFields issuer)
    {
        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        if (fields.SignatureAlgorithm.SequenceEqual(EcdsaWithSha256))
            hash = hash[..SHA256.HashData(fields.TbsCertificate, hash)];
        else if (fields.SignatureAlgorithm.SequenceEqual(EcdsaWithSha384))
            SHA384.HashData(fields.TbsCertificate, hash);
        else
            return false;
        return EcPublicKey.TryRead(issuer.SubjectPublicKeyInfo, out EcPublicKey key) && crypto.Verify(key.Curve, key.Point, hash, fields.Signature);
    }
}
