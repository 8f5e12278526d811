using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>
/// Finds the way from a certificate to a trust anchor and checks every step of it (RFC 5280, 6.1; policies are not asked for). It knows the anchors that it is given and nothing
/// else: no store of the machine, no network. Safe to use from any thread.
/// </summary>
public sealed class CertificationPathValidator
{
    /// <summary>Certificates in a path, the anchor included, at most.</summary>
    public const int MaxPathLength = 8;

    /// <summary>Certificates that a peer may offer; those beyond are not looked at.</summary>
    public const int MaxOffered = 16;

    // Certificates of one name and many keys could make every step a choice; each choice costs a signature check.
    private const int MaxSignatureChecks = 64;

    private readonly List<CertificateFields> _anchors = [];

    /// <summary>A validator with these anchors.</summary>
    /// <param name="anchors">Certificates of authorities that are believed; their time and constraints are checked as well.</param>
    /// <exception cref="ArgumentException">One of them cannot be read.</exception>
    public CertificationPathValidator(IEnumerable<X509Certificate2> anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        foreach (X509Certificate2 anchor in anchors)
            _anchors.Add(CertificateFields.TryParse(anchor.RawData, out CertificateFields? fields, out string? problem) ? fields : throw new ArgumentException($"A trust anchor cannot be used: {problem}.", nameof(anchors)));
    }

    /// <summary>Validates a certificate.</summary>
    /// <param name="certificate">DER.</param>
    /// <param name="offered">Certificates that came with it, DER, in any order; they are not believed.</param>
    /// <param name="time">When it is to be valid.</param>
    /// <param name="purpose">What it is wanted for.</param>
    public CertificationPath Validate(ReadOnlyMemory<byte> certificate, IEnumerable<ReadOnlyMemory<byte>> offered, DateTimeOffset time, CertificatePurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(offered);
        if (!CertificateFields.TryParse(certificate, out CertificateFields? end, out string? problem))
            return new([certificate], [new("the certificate", problem)]);
        List<CertificateFields> intermediates = [];
        List<CertificateFault> unreadable = [];
        foreach (ReadOnlyMemory<byte> bytes in offered.Take(MaxOffered))
        {
            if (CertificateFields.TryParse(bytes, out CertificateFields? fields, out problem))
                intermediates.Add(fields);
            else
                unreadable.Add(new("a certificate of the chain", problem));
        }

        var search = new Search(_anchors, intermediates, time, purpose);
        // What is trusted by itself needs no issuer.
        if (_anchors.Any(anchor => anchor.Encoded.Span.SequenceEqual(end.Encoded.Span)))
            search.Judge([end]);
        else
            search.Extend([end]);
        return search.Best ?? new([certificate], [.. unreadable, search.DeadEnd ?? new(end.Name, "no issuer was found")]);
    }

    /// <summary>Validates a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="offered">Certificates that came with it, in any order.</param>
    /// <param name="time">When it is to be valid.</param>
    /// <param name="purpose">What it is wanted for.</param>
    public CertificationPath Validate(X509Certificate2 certificate, IEnumerable<X509Certificate2> offered, DateTimeOffset time, CertificatePurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Validate(certificate.RawData, offered.Select(c => new ReadOnlyMemory<byte>(c.RawData)), time, purpose);
    }

    private sealed class Search(List<CertificateFields> anchors, List<CertificateFields> intermediates, DateTimeOffset time, CertificatePurpose purpose)
    {
        private int _checks;

        /// <summary>The path that is valid, or else the one with the fewest faults.</summary>
        public CertificationPath? Best { get; private set; }

        /// <summary>Where the way ended, when none led to an anchor: the longest.</summary>
        public CertificateFault? DeadEnd { get; private set; }

        private int _longest;

        /// <summary>Goes on from the last certificate of a path, depth first.</summary>
        public void Extend(List<CertificateFields> path)
        {
            CertificateFields last = path[^1];
            bool wasNamed = false, wasSigned = false;
            foreach (CertificateFields issuer in anchors.Where(anchor => IsNamed(last, anchor)))
            {
                wasNamed = true;
                if (!IsSignedBy(last, issuer))
                    continue;
                wasSigned = true;
                Judge([.. path, issuer]);
                if (Best is { IsValid: true })
                    return;
            }

            bool loops = false;
            foreach (CertificateFields issuer in intermediates.Where(candidate => IsNamed(last, candidate)))
            {
                wasNamed = true;
                // One key and name twice: a loop.
                if (path.Any(c => c.PublicKeyInfo.Span.SequenceEqual(issuer.PublicKeyInfo.Span) && c.Subject.Equals(issuer.Subject)))
                {
                    loops = true;
                    continue;
                }

                if (!IsSignedBy(last, issuer))
                    continue;
                wasSigned = true;
                // The anchor needs a place too.
                if (path.Count + 2 > MaxPathLength)
                {
                    NoteDeadEnd(path.Count, issuer, $"the chain is longer than {MaxPathLength} certificates");
                    continue;
                }

                Extend([.. path, issuer]);
                if (Best is { IsValid: true } || _checks >= MaxSignatureChecks)
                    return;
            }

            if (!wasSigned)
                NoteDeadEnd(path.Count, last, Explain(last, wasNamed, loops));
        }

        private string Explain(CertificateFields last, bool wasNamed, bool loops) =>
            _checks >= MaxSignatureChecks ? "there are too many ways to choose from"
            : last.IsSelfIssued ? "it is signed by itself and not trusted"
            : loops ? "the chain goes round in circles and reaches no trusted authority"
            : wasNamed ? $"its signature is not that of '{DistinguishedName.Describe(last.IssuerBytes)}'"
            : $"its issuer '{DistinguishedName.Describe(last.IssuerBytes)}' is neither trusted nor part of the chain";

        private static bool IsNamed(CertificateFields certificate, CertificateFields issuer) => certificate.Issuer.Equals(issuer.Subject)
            && (certificate.AuthorityKeyIdentifier is null || issuer.SubjectKeyIdentifier is null || certificate.AuthorityKeyIdentifier.AsSpan().SequenceEqual(issuer.SubjectKeyIdentifier));

        private bool IsSignedBy(CertificateFields certificate, CertificateFields issuer)
        {
            if (_checks >= MaxSignatureChecks)
                return false;
            _checks++;
            try
            {
                return SubjectKey.Refuse(issuer.PublicKeyInfo, allowRsa: true) is null
                    && SubjectKey.Verify(issuer.PublicKeyInfo, certificate.SignatureAlgorithm, certificate.ToBeSigned.Span, certificate.Signature);
            }
            catch (System.Formats.Asn1.AsnContentException)
            {
                return false;
            }
        }

        private void NoteDeadEnd(int length, CertificateFields certificate, string reason)
        {
            if (length <= _longest)
                return;
            _longest = length;
            DeadEnd = new(certificate.Name, reason);
        }

        public void Judge(List<CertificateFields> path)
        {
            List<CertificateFault> faults = [];
            // How many authorities may still follow, but for self-issued ones (RFC 5280, 6.1.2 k).
            int maxPathLength = path.Count;
            List<ConstraintSubtrees> constraints = [];
            for (int i = path.Count - 1; i >= 0; i--)
            {
                CertificateFields certificate = path[i];
                bool isEnd = i == 0;
                CheckTime(certificate, faults);
                if (isEnd || !certificate.IsSelfIssued)
                {
                    foreach (string problem in constraints.Select(c => c.Refuse(certificate)).OfType<string>())
                        faults.Add(new(certificate.Name, problem));
                }

                if (certificate.UnknownCritical.Count > 0)
                    faults.Add(new(certificate.Name, $"its critical extension {certificate.UnknownCritical[0]} is not understood"));
                CheckPurpose(certificate, isEnd, faults);
                if (isEnd)
                    break;
                if (i < path.Count - 1 && !certificate.IsSelfIssued && --maxPathLength < 0)
                    faults.Add(new(certificate.Name, "there are more authorities in the chain than one above it allows (path length)"));
                if (certificate.PathLength is int pathLength && pathLength < maxPathLength)
                    maxPathLength = pathLength;
                if (certificate.NameConstraints is not null)
                    constraints.Add(certificate.NameConstraints);
            }

            if (Best is null || faults.Count < Best.Faults.Count)
                Best = new([.. path.Select(c => c.Encoded)], faults);
        }

        private void CheckTime(CertificateFields certificate, List<CertificateFault> faults)
        {
            if (time < certificate.NotBefore)
                faults.Add(new(certificate.Name, $"it is valid from {Format(certificate.NotBefore)} on, and the time is {Format(time)}"));
            else if (time > certificate.NotAfter)
                faults.Add(new(certificate.Name, $"it has expired on {Format(certificate.NotAfter)}, and the time is {Format(time)}"));
        }

        private void CheckPurpose(CertificateFields certificate, bool isEnd, List<CertificateFault> faults)
        {
            if (!isEnd || purpose == CertificatePurpose.Authority)
            {
                if (!certificate.IsAuthority || certificate.Version < 3)
                    faults.Add(new(certificate.Name, "it is not the certificate of an authority (basicConstraints)"));
                if (certificate.KeyUsage is { } usage && !usage.HasFlag(X509KeyUsageFlags.KeyCertSign))
                    faults.Add(new(certificate.Name, "its key may not sign certificates (keyUsage)"));
            }
            else if (purpose != CertificatePurpose.Any && certificate.KeyUsage is { } usage && !usage.HasFlag(X509KeyUsageFlags.DigitalSignature))
            {
                faults.Add(new(certificate.Name, "its key may not sign (keyUsage)"));
            }

            string? wanted = purpose switch
            {
                CertificatePurpose.Client => CertificateProfile.ClientAuthentication,
                CertificatePurpose.Server => CertificateProfile.ServerAuthentication,
                CertificatePurpose.OcspResponder => CertificateProfile.OcspSigning,
                _ => null,
            };
            // What RFC 6960, 4.2.2.2 wants of a responder's certificate is not wanted of the authority above it.
            if (wanted is null || (purpose == CertificatePurpose.OcspResponder && !isEnd))
                return;
            bool isFit = certificate.ExtendedKeyUsage is null
                ? purpose != CertificatePurpose.OcspResponder
                : certificate.ExtendedKeyUsage.Contains(wanted) || (purpose != CertificatePurpose.OcspResponder && certificate.ExtendedKeyUsage.Contains(Oids.AnyExtendedKeyUsage));
            if (!isFit)
                faults.Add(new(certificate.Name, $"it is not meant for {purpose switch { CertificatePurpose.Client => "clients", CertificatePurpose.Server => "servers", _ => "OCSP responses" }} (extendedKeyUsage)"));
        }

        private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
