using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Fuzz.Targets.Pki;

/// <summary>
/// Certificates and paths. The first byte says whether what follows is a certificate as it is, or what an authority that is trusted has signed, and
/// what it is wanted for. Where the platform reads a certificate as well, both read the same; what nobody has signed is never believed.
/// </summary>
internal sealed class CertificateTarget : FuzzTarget
{
    private static readonly CertificationPathValidator Validator = new([FuzzedAuthority.Authority.Certificate]);

    public override string Name => "pki-certificate";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "0603551D0E", "0603551D0F", "0603551D11", "0603551D13", "0603551D1E", "0603551D20", "0603551D23", "0603551D25", "0101FF", "30030101FF", "30060101FF020100", "03020106", "03020780",
            "A003020102", "170D3236303130313030303030305A", "180F32303530303130313030303030305A", "06082B06010505070302", "06082B06010505070301", "0604551D2500", "8204612E6262", "8704C0000201", "8708C0000200FFFFFF00",
            "A0", "A1", "A3", "30820100", "3080", "0500", "0C0141", "1E020041", "140141",
        }.Select(Convert.FromHexString),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        bool isSigned = (input[0] & 1) != 0;
        byte[]? certificate = isSigned ? FuzzedAuthority.Sign(input[1..]) : input[1..].ToArray();
        if (certificate is null)
            return;
        var purpose = (CertificatePurpose)((input[0] >> 1) % 5);
        if (CertificateFields.TryParse(certificate, out CertificateFields? fields, out string? problem))
            Compare(fields, features);
        features.AddText(0, problem);

        CertificationPath path = Validator.Validate(certificate, [certificate, input[1..].ToArray()], FuzzedAuthority.Time, purpose);
        foreach (CertificateFault fault in path.Faults)
            features.AddText(10 + (int)purpose, fault.Reason);
        Assert.Equal(path.IsValid, path.Reason.Length == 0);
        if (!path.IsValid)
            return;
        Assert.True(isSigned, "a certificate that nobody has signed is believed");
        Assert.NotNull(fields);
        Assert.InRange(FuzzedAuthority.Time, fields.NotBefore, fields.NotAfter);
        Assert.Equal(FuzzedAuthority.Authority.Certificate.RawData, path.Certificates[^1].ToArray());
        features.Add(20, (int)purpose);
    }

    private static void Compare(CertificateFields fields, FeatureSet features)
    {
        features.Add(1, (fields.IsAuthority ? 1 : 0) | (fields.PathLength is null ? 0 : 2) | (fields.KeyUsage is null ? 0 : 4) | (fields.ExtendedKeyUsage is null ? 0 : 8)
            | (fields.NameConstraints is null ? 0 : 16) | (fields.AuthorityKeyIdentifier is null ? 0 : 32) | (fields.SubjectKeyIdentifier is null ? 0 : 64));
        features.AddAmount(2, fields.AlternativeNames.DnsNames.Count + (fields.AlternativeNames.Uris.Count * 4) + (fields.AlternativeNames.Addresses.Count * 16));
        features.AddAmount(3, fields.UnknownCritical.Count);
        _ = fields.Name;
        try
        {
            using X509Certificate2 platform = X509CertificateLoader.LoadCertificate(fields.Encoded.Span);
            Assert.Equal(platform.SerialNumberBytes.ToArray(), fields.Serial.ToArray());
            Assert.Equal(platform.NotAfter.ToUniversalTime(), fields.NotAfter.UtcDateTime);
            Assert.Equal(platform.SubjectName.RawData, fields.SubjectBytes.ToArray());
            Assert.Equal(platform.IssuerName.RawData, fields.IssuerBytes.ToArray());
        }
        catch (CryptographicException)
        {
            features.Add(4, 0);
        }
    }
}
