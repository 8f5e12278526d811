using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>
/// Answers what is known of certificates of one authority (RFC 6960), signed by the authority itself or by a responder that it has certified (4.2.2.2). Answers to requests without a
/// nonce are kept and given again for half of their time (RFC 5019). Safe to use from any thread.
/// </summary>
public sealed class OcspResponder
{
    /// <summary>The content type of a request.</summary>
    public const string RequestType = "application/ocsp-request";

    /// <summary>The content type of a response.</summary>
    public const string ResponseType = "application/ocsp-response";

    private static readonly byte[] Malformed = Failure(1), InternalError = Failure(2), TryLater = Failure(3), Unauthorized = Failure(6);

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true), Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly X509Certificate2 _signerCertificate;
    private readonly bool _isDelegated;
    private readonly SigningKey _key;
    private readonly Func<ReadOnlyMemory<byte>, CertificateStatus> _status;
    private readonly TimeProvider _time;
    private readonly OcspResponderOptions _options;
    private readonly Dictionary<string, (byte[] Name, byte[] Key)> _issuer;
    private long _changes;

    /// <summary>A responder.</summary>
    /// <param name="issuer">The authority whose certificates are asked about.</param>
    /// <param name="certificate">Of the responder: the authority's own, or one by <see cref="CertificateProfile.OcspResponder"/>.</param>
    /// <param name="key">The key of that certificate; it stays the caller's.</param>
    /// <param name="status">What is known of a serial number; called from any thread.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How to answer.</param>
    /// <exception cref="ArgumentException">The responder's certificate is not the authority's and was not issued by it for OCSP.</exception>
    public OcspResponder(
        X509Certificate2 issuer, X509Certificate2 certificate, SigningKey key, Func<ReadOnlyMemory<byte>, CertificateStatus> status, TimeProvider time, OcspResponderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(time);
        _isDelegated = !issuer.RawData.AsSpan().SequenceEqual(certificate.RawData);
        if (_isDelegated)
        {
            CertificationPath path = new CertificationPathValidator([issuer]).Validate(certificate, [], time.GetUtcNow(), CertificatePurpose.OcspResponder);
            if (!path.IsValid)
                throw new ArgumentException($"The responder's certificate cannot answer for '{issuer.Subject}': {path.Reason}.", nameof(certificate));
        }

        if (!key.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo()))
            throw new ArgumentException("The key does not belong to the responder's certificate.", nameof(key));
        _signerCertificate = certificate;
        _key = key;
        _status = status;
        _time = time;
        _options = options ?? new();
        // RFC 5019, 2.1.1 has SHA-1 here: it names the issuer, nothing relies on its strength.
        _issuer = new(StringComparer.Ordinal)
        {
            [Oids.Sha1] = Identify(HashAlgorithmName.SHA1, issuer),
            [Oids.Sha256] = Identify(HashAlgorithmName.SHA256, issuer),
        };
    }

    /// <summary>Answers a request; what is wrong with it is answered too.</summary>
    /// <param name="request">OCSPRequest, DER.</param>
    /// <returns>OCSPResponse, DER.</returns>
    public byte[] Respond(ReadOnlyMemory<byte> request)
    {
        if (!OcspRequest.TryParse(request, out OcspRequest? parsed))
            return Malformed;
        // Another authority's certificates (RFC 6960, 2.3).
        if (!parsed.Certificates.All(IsOurs))
            return Unauthorized;
        try
        {
            if (parsed.Nonce is not null || parsed.Certificates.Count > 1 || _options.MaxKept == 0)
                return Answer(parsed.Certificates, parsed.Nonce);
            string serial = Convert.ToHexString(parsed.Certificates[0].Serial.Span);
            string key = parsed.Certificates[0].HashAlgorithm + serial;
            DateTimeOffset now = _time.GetUtcNow();
            if (_kept.TryGetValue(key, out Kept kept) && now < kept.Until)
                return kept.Response;
            long changes = Interlocked.Read(ref _changes);
            byte[] response = Answer(parsed.Certificates, nonce: null);
            lock (_lock)
            {
                // A status that changed meanwhile may not be the one that was answered.
                if (changes == _changes)
                {
                    if (_kept.Count >= _options.MaxKept)
                        _kept.Clear();
                    _kept[key] = new(response, now + (_options.Validity / 2));
                }
            }

            return response;
        }
        catch (SigningKeyException)
        {
            return TryLater;
        }
        catch (CryptographicException)
        {
            return InternalError;
        }
    }

    /// <summary>Forgets the answer that is kept for a certificate whose status has changed.</summary>
    /// <param name="serial">Its serial number, big-endian.</param>
    public void Forget(ReadOnlySpan<byte> serial)
    {
        string hex = Convert.ToHexString(serial);
        lock (_lock)
        {
            _changes++;
            _kept.TryRemove(Oids.Sha1 + hex, out _);
            _kept.TryRemove(Oids.Sha256 + hex, out _);
        }
    }

    private static (byte[] Name, byte[] Key) Identify(HashAlgorithmName algorithm, X509Certificate2 issuer) => (
        CryptographicOperations.HashData(algorithm, issuer.SubjectName.RawData), CryptographicOperations.HashData(algorithm, issuer.PublicKey.EncodedKeyValue.RawData));

    private static byte[] Failure(int status) => [0x30, 0x03, 0x0A, 0x01, (byte)status];

    private bool IsOurs(OcspRequest.CertificateId id) => _issuer.TryGetValue(id.HashAlgorithm, out (byte[] Name, byte[] Key) issuer)
        && issuer.Name.AsSpan().SequenceEqual(id.IssuerNameHash) && issuer.Key.AsSpan().SequenceEqual(id.IssuerKeyHash);

    private byte[] Answer(IReadOnlyList<OcspRequest.CertificateId> certificates, byte[]? nonce)
    {
        DateTimeOffset now = _time.GetUtcNow();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Context1))
                writer.WriteEncodedValue(_signerCertificate.SubjectName.RawData);
            writer.WriteGeneralizedTime(now, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                foreach (OcspRequest.CertificateId id in certificates)
                    WriteSingle(writer, id, now);
            }

            if (nonce is not null)
            {
                using (writer.PushSequence(Context1))
                using (writer.PushSequence())
                using (new Extension(writer, Oids.OcspNonce))
                    writer.WriteOctetString(nonce);
            }
        }

        byte[] basic = CertificateWriter.Sign(writer, _key, WriteSigner);
        writer.Reset();
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([0x0A, 0x01, 0x00]);
            using (writer.PushSequence(Context0))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.OcspBasic);
                writer.WriteOctetString(basic);
            }
        }

        return writer.Encode();
    }

    private void WriteSigner(AsnWriter writer)
    {
        if (!_isDelegated)
            return;
        using (writer.PushSequence(Context0))
        using (writer.PushSequence())
            writer.WriteEncodedValue(_signerCertificate.RawData);
    }

    private void WriteSingle(AsnWriter writer, OcspRequest.CertificateId id, DateTimeOffset now)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(id.Encoded.Span);
            switch (_status(id.Serial))
            {
                case CertificateStatus.Good:
                    writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 0));
                    break;
                case CertificateStatus.Revoked revoked:
                    using (writer.PushSequence(Context1))
                    {
                        writer.WriteGeneralizedTime(revoked.At.ToUniversalTime(), omitFractionalSeconds: true);
                        if (revoked.Reason != RevocationReason.Unspecified)
                        {
                            using (writer.PushSequence(Context0))
                                writer.WriteEnumeratedValue(revoked.Reason);
                        }
                    }

                    break;
                default:
                    writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 2));
                    break;
            }

            writer.WriteGeneralizedTime(now, omitFractionalSeconds: true);
            using (writer.PushSequence(Context0))
                writer.WriteGeneralizedTime(now + _options.Validity, omitFractionalSeconds: true);
        }
    }

    private readonly record struct Kept(byte[] Response, DateTimeOffset Until);
}
