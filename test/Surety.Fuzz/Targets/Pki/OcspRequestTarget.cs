using System.Formats.Asn1;
using Surety.Pki;

namespace Surety.Fuzz.Targets.Pki;

/// <summary>OCSP: whatever is asked, the answer is an OCSPResponse of a status that RFC 6960, 4.2.1 has, and short.</summary>
internal sealed class OcspRequestTarget : FuzzTarget
{
    private readonly OcspResponder _responder = new(
        FuzzedAuthority.Authority.Certificate, FuzzedAuthority.Authority.Certificate, FuzzedAuthority.Key,
        serial => (serial.IsEmpty ? 0 : serial.Span[^1] % 3) switch
        {
            0 => new CertificateStatus.Good(),
            1 => new CertificateStatus.Revoked(FuzzedAuthority.Time, RevocationReason.KeyCompromise),
            _ => new CertificateStatus.Unknown(),
        },
        new Surety.Testing.ManualTime(), new OcspResponderOptions { MaxKept = 100 });

    public override string Name => "pki-ocsp";

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "06052B0E03021A", "0609608648016503040201", "06092B0601050507300102", "A2", "A003020100", "A1", "0101FF", "0400", "04020400", "020101", "3000" }.Select(Convert.FromHexString)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        byte[] request = input.ToArray();
        byte[] response = _responder.Respond(request);
        AsnReader reader = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        int status = reader.ReadEnumeratedBytes().Span[0];
        Assert.Contains(status, new[] { 0, 1, 6 });
        Assert.Equal(status == 0, reader.HasData);
        features.Add(0, status);
        if (status == 0)
            features.AddAmount(1, response.Length / 64);
        Assert.InRange(response.Length, 5, 1024 + (4 * request.Length) + (100 * OcspRequest.MaxCertificates));
        if (OcspRequest.TryParse(request, out OcspRequest? parsed))
        {
            features.AddAmount(2, parsed.Certificates.Count);
            features.AddAmount(3, parsed.Nonce?.Length ?? 0);
        }
        else
        {
            Assert.Equal(1, status);
        }
    }
}
