namespace Surety.Dtls;

/// <summary>The body of a Certificate message: a chain (RFC 5246, 7.4.2), or one SubjectPublicKeyInfo (RFC 7250, 3).</summary>
internal static class CertificateMessage
{
    /// <summary>Certificates accepted in a chain; RFC 7925, 4.4.4 asks for three below the anchor.</summary>
    public const int MaxChainLength = 8;

    /// <summary>Reads a chain; of none, an empty one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, CertificateType type, out IReadOnlyList<byte[]> chain)
    {
        chain = [];
        var reader = new WireReader(body);
        ReadOnlySpan<byte> content = reader.Vector24();
        if (!reader.IsComplete)
            return false;
        if (type == CertificateType.RawPublicKey)
        {
            if (!content.IsEmpty)
                chain = [content.ToArray()];
            return true;
        }

        List<byte[]> certificates = [];
        var list = new WireReader(content);
        while (!list.IsEmpty)
        {
            ReadOnlySpan<byte> certificate = list.Vector24();
            if (certificate.IsEmpty || certificates.Count == MaxChainLength)
                return false;
            certificates.Add(certificate.ToArray());
        }

        chain = certificates;
        return list.IsValid;
    }

    public static void Write(WireWriter writer, CertificateType type, DtlsCertificate? certificate)
    {
        var content = new WireWriter(1024);
        if (certificate is not null && type == CertificateType.RawPublicKey)
        {
            content.Bytes(certificate.SubjectPublicKeyInfo.Span);
        }
        else if (certificate is not null)
        {
            foreach (ReadOnlyMemory<byte> element in certificate.Chain)
                content.Vector24(element.Span);
        }

        writer.Vector24(content.Written);
    }
}
