using Surety.Pki;

namespace Surety.Fuzz.Targets.Pki;

/// <summary>PKCS #10. The first byte says whether what follows is a request, or a CertificationRequestInfo that is signed here with its own key.</summary>
internal sealed class CertificationRequestTarget : FuzzTarget
{
    private static readonly CertificationRequestRules WithRsa = new() { AllowRsa = true };

    public override string Name => "pki-request";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "06092A864886F70D010907", "06092A864886F70D01090E", "0603551D11", "0603551D0F", "0101FF", "3100", "A000", "A1", "8204612E6262", "8704C0000201", "020100", "0C0141", "130141", "1E020041", "06082A8648CE3D040302", "06092A864886F70D010101" }
            .Select(Convert.FromHexString),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty || ((input[0] & 1) != 0 ? FuzzedAuthority.Sign(input[1..]) : input[1..].ToArray()) is not { } der)
            return;
        bool isRead = CertificationRequest.TryParse(der, (input[0] & 2) != 0 ? WithRsa : CertificationRequestRules.Default, out CertificationRequest? request, out string? problem);
        Assert.Equal(isRead, problem is null);
        features.AddText(0, problem);
        if (request is null)
            return;
        Assert.Equal(der, request.RawData.ToArray());
        features.Add(1, (request.CommonName is null ? 0 : 1) | (request.ChallengePassword is null ? 0 : 2) | (request.AlternativeNames.DnsNames.Count > 0 ? 4 : 0)
            | (request.AlternativeNames.Uris.Count > 0 ? 8 : 0) | (request.AlternativeNames.Addresses.Count > 0 ? 16 : 0));
        features.AddAmount(2, request.RequestedExtensions.Count);
        // What an authority makes of it can be read.
        _ = request.Subject.Name;
        byte[] issued = FuzzedAuthority.Authority.Issue(request.PublicKey, CertificateProfile.Device(new CertificateSubject("device"), new ValidityPeriod(FuzzedAuthority.Time, FuzzedAuthority.Time.AddDays(1)))).RawData;
        Assert.True(CertificateFields.TryParse(issued, out _, out problem), problem);
    }
}
