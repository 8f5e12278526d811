using System.Security.Cryptography.X509Certificates;
using System.Text;
using Surety.Pki;

namespace Surety.Fuzz.Targets.Pki;

/// <summary>The bodies of EST, as servers and clients of it read them. The first byte says which; what is read can be written, and read again the same way.</summary>
internal sealed class EstMessageTarget : FuzzTarget
{
    public override string Name => "est-message";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "06092A864886F70D010702", "06092A864886F70D010701", "020101", "3100", "A000", "A080", "A0820100", "A1", "3080", "0000", "06082A8648CE3D040302", "06072A8648CE3D0201",
            "82", "84", "88", "9820", "19011A", "191A1E", "58", "59", "5A", "F6", "0101", "0105", "0D0A", "3D3D", "4D49",
        }.Select(Convert.FromHexString),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        int kind = input[0] % 5;
        byte[] body = input[1..].ToArray();
        string? problem = kind switch
        {
            0 => ReadCertsOnly(body, features),
            1 => ReadAttributes(body, features),
            2 => ReadParts(body, features),
            3 => ReadChain(body, features),
            _ => ReadBase64(body, features),
        };
        features.AddText(kind, problem);
    }

    private static string? ReadCertsOnly(byte[] body, FeatureSet features)
    {
        if (!CertsOnlyMessage.TryRead(body, out IReadOnlyList<X509Certificate2>? certificates, out string? problem))
            return problem;
        Assert.True(CertsOnlyMessage.TryRead(CertsOnlyMessage.Write(certificates), out IReadOnlyList<X509Certificate2>? again, out problem), problem);
        Assert.Equal(certificates.Select(c => c.Thumbprint), again.Select(c => c.Thumbprint));
        features.AddAmount(10, certificates.Count);
        Dispose(certificates);
        Dispose(again);
        return null;
    }

    private static string? ReadAttributes(byte[] body, FeatureSet features)
    {
        if (!CsrAttributes.TryRead(body, out IReadOnlyList<CsrAttribute>? attributes, out string? problem))
            return problem;
        features.AddAmount(11, attributes.Count);
        features.AddAmount(12, attributes.Sum(attribute => attribute.Values.Count));
        Assert.All(attributes, attribute => Assert.Matches("^[0-9]+(\\.[0-9]+)+$", attribute.Oid));
        Assert.True(CsrAttributes.TryRead(CsrAttributes.Write(attributes), out IReadOnlyList<CsrAttribute>? again, out problem), problem);
        Assert.Equal(attributes.Select(attribute => attribute.Oid), again.Select(attribute => attribute.Oid));
        return null;
    }

    private static string? ReadParts(byte[] body, FeatureSet features)
    {
        if (!MultipartCore.TryRead(body, out IReadOnlyList<MultipartCorePart>? parts, out string? problem))
            return problem;
        features.AddAmount(13, parts.Count);
        Assert.True(MultipartCore.TryRead(MultipartCore.Write([.. parts]), out IReadOnlyList<MultipartCorePart>? again, out problem), problem);
        Assert.Equal(parts.Select(part => (part.ContentFormat, Hex(part))), again.Select(part => (part.ContentFormat, Hex(part))));
        return null;

        static string? Hex(MultipartCorePart part) => part.Content is { } content ? Convert.ToHexString(content.Span) : null;
    }

    private static string? ReadChain(byte[] body, FeatureSet features)
    {
        if (!PelionCertificateChain.TryRead(body, out IReadOnlyList<X509Certificate2>? certificates, out string? problem))
            return problem;
        features.AddAmount(14, certificates.Count);
        Assert.True(PelionCertificateChain.TryRead(PelionCertificateChain.Write(certificates), out IReadOnlyList<X509Certificate2>? again, out problem), problem);
        Assert.Equal(certificates.Select(c => c.Thumbprint), again.Select(c => c.Thumbprint));
        Dispose(certificates);
        Dispose(again);
        return null;
    }

    private static string? ReadBase64(byte[] body, FeatureSet features)
    {
        if (!EstBase64.TryRead(body, out byte[]? der, out string? problem))
            return problem;
        features.AddAmount(15, der.Length);
        // What is read is not always DER, which alone is written; only then it may look like something else.
        byte[] written = Encoding.ASCII.GetBytes(EstBase64.Write(der));
        Assert.True(EstBase64.TryRead(written, out byte[]? again, out problem), problem);
        Assert.Equal(der, again);
        return null;
    }

    private static void Dispose(IEnumerable<X509Certificate2> certificates)
    {
        foreach (X509Certificate2 certificate in certificates)
            certificate.Dispose();
    }
}
