using Surety.Pki;

namespace Surety.Fuzz.Targets.Pki;

/// <summary>
/// Manifests and quotas of factories. The first byte says whether what follows is a signed document, or a payload that is signed here. A document
/// that nobody trusted has signed is never taken.
/// </summary>
internal sealed class FactoryManifestTarget : FuzzTarget
{
    private static readonly CertificationPathValidator Trusted = new([FuzzedAuthority.Authority.Certificate]);

    public override string Name => "pki-manifest";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "\"protected\":", "\"payload\":", "\"signature\":", "\"devices\":", "\"failures\":", "\"sha256\":", "\"serial\":", "\"endpoint_name\":", "\"requested\":", "\"log_start\":", "\"log_size\":", "\"made_at\":", "null", "[]", "{}", "\"\"",
            "-1", "1e9", "2147483647", "99999999999999999999", "\\u0000", "\"2026-07-01T00:00:00Z\"", ",",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        bool isSigned = (input[0] & 1) != 0;
        byte[] document = isSigned ? SignedDocument.Sign(input[1..], FactoryManifest.DocumentType, FuzzedAuthority.Key, new[] { FuzzedAuthority.Authority.Certificate }) : input[1..].ToArray();
        bool isRead = FactoryManifest.TryRead(document, Trusted, FuzzedAuthority.Time, out FactoryManifest? manifest, out string? problem);
        Assert.Equal(isRead, problem is null);
        features.AddText(0, problem);
        if (manifest is null)
            return;
        Assert.True(isSigned, "a manifest that nobody has signed is believed");
        FactoryImportReport report = manifest.Compare(fingerprint => fingerprint[0] == 'a');
        features.AddAmount(1, manifest.Devices.Count);
        features.AddAmount(2, manifest.Failures.Count);
        features.AddAmount(3, report.Requested);
    }
}
