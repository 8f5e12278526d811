using Surety.Dtls;

namespace Surety.Fuzz.Targets.Dtls;

/// <summary>Parsers of handshake messages and certificates: what is accepted can be written again, or read again the same way. The first byte says which.</summary>
internal sealed class DtlsMessageTarget : FuzzTarget
{
    public override string Name => "dtls-message";

    public override IReadOnlyList<byte[]> Words => [[0, 54, 0, 1], [0, 254, 0, 1], [0xFF, 0x01, 0, 1, 0], [0, 10, 0, 4, 0, 2, 0, 23], [0, 23, 0, 0], [0x30, 0x82], [0x06, 0x03, 0x55, 0x1D]];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        ReadOnlySpan<byte> rest = input[1..];
        switch (input[0] % 8)
        {
            case 0:
                ReadClientHello(rest, features);
                break;
            case 1:
                if (ServerHello.TryRead(rest, out ServerHello hello))
                    features.AddAmount(10, hello.Extensions.Types.Count);
                break;
            case 2:
                foreach (CertificateType type in new[] { CertificateType.X509, CertificateType.RawPublicKey })
                {
                    if (CertificateMessage.TryRead(rest, type, out IReadOnlyList<byte[]> chain))
                        features.AddAmount(20 + (int)type, chain.Count);
                }

                break;
            case 3:
                foreach (KeyExchange exchange in Enum.GetValues<KeyExchange>())
                {
                    if (ServerKeyExchange.TryRead(rest, exchange, out ServerKeyExchange message))
                        features.AddAmount(30 + (int)exchange, message.PublicKey.Length);
                }

                break;
            case 4:
                ReadCertificate(rest, features);
                break;
            case 5:
                if (EcPublicKey.TryRead(rest, out EcPublicKey key))
                    features.Add(50, (int)key.Curve);
                break;
            case 6:
                features.Add(60, DtlsResumption.TryRead(rest, out _) ? 1 : 0);
                features.Add(61, SavedSession.TryRead(rest, out DtlsSession? session) ? 1 : 0);
                if (session is not null)
                    Assert.True(session.NextSequenceNumber >= SavedSession.Reserve);
                break;
            default:
                Reassemble(rest, features);
                break;
        }
    }

    private static void ReadClientHello(ReadOnlySpan<byte> body, FeatureSet features)
    {
        if (!ClientHello.TryRead(body, out ClientHello hello))
            return;
        features.AddAmount(0, hello.CipherSuites.Length);
        foreach (ExtensionType type in hello.Extensions.Types)
            features.Add(1, (int)type < 300 || type == ExtensionType.RenegotiationInfo ? (int)type : 300);
        var writer = new WireWriter();
        hello.Write(writer);
        Assert.True(ClientHello.TryRead(writer.Written, out ClientHello again));
        Assert.Equal(hello.CipherSuites, again.CipherSuites);
        Assert.Equal(hello.Extensions.ServerName, again.Extensions.ServerName);
        Assert.Equal(hello.Extensions.ConnectionId, again.Extensions.ConnectionId);
    }

    private static void ReadCertificate(ReadOnlySpan<byte> der, FeatureSet features)
    {
        if (!CertificateFields.TryRead(der, out CertificateFields fields))
            return;
        features.Add(40, (fields.IsAuthority ? 1 : 0) | (fields.MaySign ? 2 : 0) | (fields.MayIssue ? 4 : 0) | (fields.HasMore ? 8 : 0));
        features.AddAmount(41, fields.SubjectAlternativeName.Length);
        _ = CertificatePath.IsFor(der, "localhost");
        _ = CertificatePath.IsFor(der, "127.0.0.1");
        byte[] certificate = der.ToArray();
        Assert.NotEqual(
            AlertDescription.CloseNotify,
            CertificatePath.Validate(CryptoBackend.Default, [certificate], new PathRules([], []), isServer: false, fields.NotBefore, out _, out _));
    }

    private static void Reassemble(ReadOnlySpan<byte> fragments, FeatureSet features)
    {
        var reassembly = new HandshakeReassembly(4096);
        int taken = 0;
        while (HandshakeHeader.TryRead(fragments, out HandshakeHeader header))
        {
            reassembly.Add(header, fragments.Slice(HandshakeHeader.Size, header.FragmentLength));
            fragments = fragments[(HandshakeHeader.Size + header.FragmentLength)..];
            while (reassembly.TakeNext() is { } message)
            {
                Assert.True(HandshakeHeader.TryRead(message.Bytes, out HandshakeHeader whole) && whole.IsWhole);
                Assert.Equal(taken++, whole.Sequence);
            }
        }

        features.AddAmount(70, taken);
    }
}
