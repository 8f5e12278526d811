namespace Surety.Dtls;

/// <summary>What a server makes of a ClientHello.</summary>
internal sealed class ServerParameters
{
    private const ushort RenegotiationScsv = 0x00FF;

    public required ClientHello Hello { get; init; }

    public required CipherSuite Suite { get; init; }

    public NamedGroup Group { get; private init; }

    public DtlsCertificate? Certificate { get; private init; }

    public CertificateType ServerCertificateType { get; private init; }

    public CertificateType ClientCertificateType { get; private init; }

    public string? ApplicationProtocol { get; private init; }

    public bool HasSecureRenegotiation { get; private init; }

    public bool HasExtendedMasterSecret => Hello.Extensions.ExtendedMasterSecret;

    /// <summary>Chooses.</summary>
    /// <exception cref="DtlsAlertException">There is nothing in common.</exception>
    public static ServerParameters Negotiate(ClientHello hello, DtlsServerOptions options, CryptoBackend crypto)
    {
        HelloExtensions extensions = hello.Extensions;
        if (!ProtocolVersion.Allows12(hello.Version))
            throw new DtlsAlertException(AlertDescription.ProtocolVersion, $"the client offers version {hello.Version:x4} at most");
        if (!hello.AllowsNullCompression)
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the client insists on compression");
        // RFC 5746, 3.6: a first handshake has nothing in there.
        if (extensions.RenegotiationInfo is { Length: > 0 })
            throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the client believes that this is a renegotiation");
        if (options.RequireExtendedMasterSecret && !extensions.ExtendedMasterSecret)
            throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the client has no extended master secret, which is required here");
        if (extensions.UncompressedPoints == false)
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the client takes no uncompressed points");
        if (extensions.MaxFragmentLength is not (null or (>= 1 and <= 4)))
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the client asks for a fragment length that there is not");
        if (extensions.RecordSizeLimit < 64)
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the client asks for records of less than 64 bytes");

        NamedGroup group = SelectGroup(extensions.Groups, options, crypto);
        DtlsCertificate? certificate = options.SelectCertificate?.Invoke(extensions.ServerName ?? "") ?? options.Certificate;
        if (certificate is not null && !CanVerify(extensions, certificate))
            certificate = null;
        CertificateType serverType = options.OwnCertificateType, clientType = CertificateType.X509;
        if (certificate is not null)
            serverType = certificate.Chain.Count == 0 ? CertificateType.RawPublicKey : CertificateType.X509;
        byte[] serverTypes = extensions.ServerCertificateTypes ?? [(byte)CertificateType.X509], clientTypes = extensions.ClientCertificateTypes ?? [(byte)CertificateType.X509];
        if (certificate is not null && !serverTypes.Contains((byte)serverType))
        {
            // A server with a certificate has a raw public key as well; one with a key alone has nothing else.
            serverType = CertificateType.RawPublicKey;
            if (!options.AllowRawPublicKeys || !serverTypes.Contains((byte)serverType))
                certificate = null;
        }

        if (!clientTypes.Contains((byte)clientType) || (clientTypes[0] == (byte)CertificateType.RawPublicKey && AcceptsRawPublicKeys(options)))
            clientType = CertificateType.RawPublicKey;
        bool canAuthenticate = options.ClientAuthentication == ClientAuthentication.None || options.Verifier is not null;
        bool agreesOnType = clientTypes.Contains((byte)clientType) && (clientType == CertificateType.X509 || AcceptsRawPublicKeys(options));
        CipherSuite suite = options.CipherSuites.Where(id => hello.CipherSuites.Contains((ushort)id)).Select(CipherSuite.Find).FirstOrDefault(suite => suite is not null
            && (suite.Cipher.IsAead || extensions.EncryptThenMac)
            && (!suite.HasEcdhe || group != NamedGroup.None)
            && (!suite.HasPsk || options.PreSharedKeys is not null)
            && (!suite.HasCertificates || (certificate is not null && canAuthenticate && agreesOnType)))
            ?? throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the client offers no cipher suite that can be used here");

        return new()
        {
            Hello = hello,
            Suite = suite,
            Group = group,
            Certificate = certificate,
            ServerCertificateType = serverType,
            ClientCertificateType = clientType,
            ApplicationProtocol = SelectProtocol(extensions, options),
            HasSecureRenegotiation = extensions.RenegotiationInfo is not null || hello.CipherSuites.Contains(RenegotiationScsv),
        };
    }

    private static bool AcceptsRawPublicKeys(DtlsServerOptions options) => options.AllowRawPublicKeys || options.OwnCertificateType == CertificateType.RawPublicKey;

    private static NamedGroup SelectGroup(ushort[]? offered, DtlsServerOptions options, CryptoBackend crypto)
    {
        // RFC 8422, 4: a client without the extension takes any; small ones know P-256 and do not say so.
        if (offered is null)
            return options.Groups.Contains(NamedGroup.Secp256r1) ? NamedGroup.Secp256r1 : NamedGroup.None;
        return options.Groups.FirstOrDefault(group => crypto.Supports(group) && offered.Contains((ushort)group));
    }

    private static bool CanVerify(HelloExtensions extensions, DtlsCertificate certificate) =>
        // Small clients do not say what they verify: it is ECDSA with SHA-256, of which RFC 7925, 4.4 speaks.
        (extensions.SignatureSchemes is null || extensions.SignatureSchemes.Contains((ushort)certificate.Scheme))
        // RFC 8422, 5.1: the key's curve must be among the groups.
        && (extensions.Groups is null || extensions.Groups.Contains((ushort)certificate.Curve));

    private static string? SelectProtocol(HelloExtensions extensions, DtlsServerOptions options)
    {
        if (extensions.ApplicationProtocols is null || options.ApplicationProtocols.Count == 0)
            return null;
        return options.ApplicationProtocols.FirstOrDefault(name => extensions.ApplicationProtocols.Any(offered => System.Text.Ascii.Equals(offered, name)))
            ?? throw new DtlsAlertException(AlertDescription.NoApplicationProtocol, "the client speaks no protocol that is spoken here");
    }
}
