using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>Verifies a peer's certificate against trust anchors of ours (RFC 5280, 6; RFC 7925, 4.4), and says in words what is wrong with it.</summary>
internal static class CertificateVerifier
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // RFC 7925, 4.4.4: three below the anchor are to be supported; this bounds the work.
    private const int MaxChainLength = 8;

    private const X509ChainStatusFlags AnchorMissing = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    // Authorities of one name that are tried.
    private const int MaxAnchorsOfOneName = 8;

    // Nothing is asked for, so nothing is known; revocation is FindRevocation's business.
    private const X509ChainStatusFlags RevocationUnknown = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    /// <summary>Verifies a chain.</summary>
    /// <param name="sent">What the peer sent, its own certificate first.</param>
    /// <param name="trust">Whom to believe.</param>
    /// <param name="isServer">The peer is the server of the connection, not the client.</param>
    /// <param name="now">The time.</param>
    public static CertificateVerification Verify(IReadOnlyList<X509Certificate2> sent, CertificateTrust trust, bool isServer, DateTimeOffset now)
    {
        X509Certificate2 certificate = sent[0];
        if (sent.Count > MaxChainLength)
            return Reject(certificate, $"came with more than {MaxChainLength - 1} others; send only those that lead to the trust anchor");

        now = trust.ChooseTime?.Invoke(sent, now) ?? now;
        // Those of the sets are loaded for this chain; what a hook finds is the caller's.
        List<X509Certificate2> loaded = FindAnchors(sent, trust);
        List<X509Certificate2> anchors = [.. loaded, .. trust.FindAnchors?.Invoke(sent) ?? []];
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(isServer ? ServerAuthentication : ClientAuthentication));
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(trust.Intermediates.Concat(sent.Skip(1)).ToArray());
        chain.Build(certificate);
        try
        {
            return Judge(certificate, chain, anchors, trust, isServer, now);
        }
        finally
        {
            foreach (X509ChainElement element in chain.ChainElements)
                element.Certificate.Dispose();
            foreach (X509Certificate2 anchor in loaded)
                anchor.Dispose();
        }
    }

    /// <summary>The certificate is for this server (RFC 6125, 6; RFC 7925, 4.4.1): subjectAltName counts, the common name and wildcards do not.</summary>
    public static string? CheckName(X509Certificate2 certificate, string host)
    {
        if (certificate.MatchesHostname(host, allowWildcards: false, allowCommonName: false))
            return null;
        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))];
        string others = names.Length == 0 ? "no host at all" : string.Join(", ", names.Take(10));
        return $"{Describe(certificate)} is for {others} (subjectAltName), not for {host}: connect by a name that it has, or give the server a certificate for {host}";
    }

    /// <summary>Certificate and subject, for messages.</summary>
    public static string Describe(X509Certificate2 certificate)
    {
        string subject = certificate.Subject.Length == 0 ? "no name" : certificate.Subject.Length > 200 ? certificate.Subject[..200] + "..." : certificate.Subject;
        return $"the certificate of '{subject}' (serial number {certificate.SerialNumber})";
    }

    /// <summary>
    /// RFC 5280, 6.1: the path ends at the first anchor; what lies above does not matter. Without any anchor in it the chain is worth
    /// nothing, whatever else may be right.
    /// </summary>
    private static CertificateVerification Judge(
        X509Certificate2 certificate, X509Chain chain, List<X509Certificate2> anchors, CertificateTrust trust, bool isServer, DateTimeOffset now)
    {
        X509Certificate2? anchor = null;
        int length = 0;
        while (anchor is null && length < chain.ChainElements.Count)
        {
            X509Certificate2 element = chain.ChainElements[length++].Certificate;
            anchor = anchors.Find(candidate => candidate.RawDataMemory.Span.SequenceEqual(element.RawDataMemory.Span));
        }

        for (int i = 0; i < length; i++)
        {
            foreach (X509ChainStatus status in chain.ChainElements[i].ChainElementStatus)
            {
                X509ChainStatusFlags flags = status.Status & ~AnchorMissing & ~RevocationUnknown;
                if (i == 0 && IsWithinGrace(certificate, trust, now))
                    flags &= ~X509ChainStatusFlags.NotTimeValid;
                if (flags != X509ChainStatusFlags.NoError)
                    return Reject(certificate, Explain(flags, status, chain.ChainElements[i].Certificate, certificate, isServer, now));
            }
        }

        if (anchor is null)
        {
            X509Certificate2 top = chain.ChainElements[^1].Certificate;
            string issuer = top.Issuer == top.Subject ? top.Subject : top.Issuer;
            return Reject(certificate, $"leads to '{issuer}', which is no trust anchor here: add that authority to the trusted ones, or, if it is under one of them, send its certificate along");
        }

        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && (usage.KeyUsages & X509KeyUsageFlags.DigitalSignature) == 0)
            return Reject(certificate, "does not allow digitalSignature in its key usage: issue one that does");
        if (trust.FindRevocation is { } findRevocation)
        {
            for (int i = 0; i < Math.Max(length - 1, 1); i++)
            {
                X509Certificate2 element = chain.ChainElements[i].Certificate;
                if (findRevocation(element.RawDataMemory) is { } reason)
                    return Reject(certificate, i == 0 ? reason : $"depends on {Describe(element)}, which is not accepted: {reason}");
            }
        }

        return new(SHA256.HashData(anchor.RawDataMemory.Span), null);
    }

    /// <summary>Of all anchors, those that may matter for a chain: its certificates, and whoever has the name of an issuer in it.</summary>
    private static List<X509Certificate2> FindAnchors(IReadOnlyList<X509Certificate2> sent, CertificateTrust trust)
    {
        List<X509Certificate2> found = [];
        HashSet<string> issuers = new(StringComparer.Ordinal);
        Span<byte> thumbprint = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (X509Certificate2 certificate in sent.Concat(trust.Intermediates))
        {
            SHA256.HashData(certificate.RawDataMemory.Span, thumbprint);
            byte[] issuer = certificate.IssuerName.RawData;
            bool isNewIssuer = issuers.Add(Convert.ToHexString(issuer));
            foreach (TrustAnchorSet set in trust.Verifier.AnchorSets)
            {
                if (set.Find(thumbprint) is { } same)
                    found.Add(X509CertificateLoader.LoadCertificate(same.Span));
                if (!isNewIssuer)
                    continue;
                foreach (ReadOnlyMemory<byte> anchor in set.FindBySubject(issuer, MaxAnchorsOfOneName))
                    found.Add(X509CertificateLoader.LoadCertificate(anchor.Span));
            }
        }

        return found;
    }

    private static bool IsWithinGrace(X509Certificate2 certificate, CertificateTrust trust, DateTimeOffset now)
    {
        DateTimeOffset until = certificate.NotAfter.ToUniversalTime();
        return now > until && now - until <= trust.ExpiryGrace;
    }

    private static string Explain(
        X509ChainStatusFlags flags, X509ChainStatus status, X509Certificate2 element, X509Certificate2 certificate, bool isServer, DateTimeOffset now)
    {
        bool isOwn = element.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span);
        string depends = isOwn ? "" : $"depends on {Describe(element)}, which ";
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            DateTimeOffset from = element.NotBefore.ToUniversalTime(), until = element.NotAfter.ToUniversalTime();
            return depends + (now < from
                ? FormattableString.Invariant($"is not valid before {from:u}, and it is {now:u} here: check both clocks")
                : FormattableString.Invariant($"expired at {until:u}, and it is {now:u} here: renew it"));
        }

        if (flags.HasFlag(X509ChainStatusFlags.NotSignatureValid))
            return depends + $"was not signed by the '{element.Issuer}' that is known here: another authority of the same name did, or it was altered";
        if (flags.HasFlag(X509ChainStatusFlags.NotValidForUsage))
            return depends + $"is not for the authentication of {(isServer ? "servers (extended key usage serverAuth)" : "clients (extended key usage clientAuth)")}: issue one that is";
        if (flags.HasFlag(X509ChainStatusFlags.InvalidBasicConstraints))
            return depends + "has an issuer that may not issue certificates (basic constraints)";
        return depends + $"is not acceptable: {status.StatusInformation.Trim()} ({flags})";
    }

    private static CertificateVerification Reject(X509Certificate2 certificate, string problem) => new(null, $"{Describe(certificate)} {problem}");
}
