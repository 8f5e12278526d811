using System.Net.Security;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>The options of TLS, for DTLS: certificates and trust are the same.</summary>
internal static class DtlsConversion
{
    public static DtlsServerOptions ToDtls(this TlsServerOptions tls, DtlsCoapOptions options) => new()
    {
        Certificate = tls.Certificate.Dtls,
        SelectCertificate = tls.SelectCertificate is { } select ? name => select(name)?.Dtls : null,
        Verifier = tls.ClientTrust.Verifier,
        ClientAuthentication = tls.ClientCertificate switch
        {
            ClientCertificateMode.Required => ClientAuthentication.Required,
            ClientCertificateMode.Optional => ClientAuthentication.Optional,
            _ => ClientAuthentication.None,
        },
        AllowRawPublicKeys = tls.ClientTrust.FindRawPublicKey is not null,
        PreSharedKeys = options.PreSharedKeys,
        CipherSuites = Suites(tls.CipherSuites),
    };

    public static DtlsClientOptions ToDtls(this TlsClientOptions tls, string host) => new()
    {
        Certificate = tls.RawPublicKey?.Dtls ?? tls.Certificate?.Dtls,
        // With a key that both have, whoever shows a certificate instead is not the one that is meant.
        PreSharedKey = tls.PreSharedKey?.Dtls,
        Verifier = tls.PreSharedKey is not null ? null : tls.ChecksServerName ? tls.ServerTrust.Verifier : new AnyNameVerifier(tls.ServerTrust.Verifier),
        AllowRawPublicKeys = tls.ServerTrust.FindRawPublicKey is not null,
        AcceptsCertificates = tls.ServerTrust is { FindRawPublicKey: null } or { Anchors.Count: > 0 } or { LiveAnchors: not null } or { FindAnchors: not null },
        ServerName = tls.ServerName ?? host,
        CipherSuites = Suites(tls.CipherSuites),
    };

    public static PeerIdentity ToIdentity(PeerCredential credential) => credential switch
    {
        PeerCredential.PreSharedKey psk => new PeerIdentity.PreSharedKey(psk.Identity),
        PeerCredential.RawPublicKey key => new PeerIdentity.RawPublicKey(key.SubjectPublicKeyInfo),
        PeerCredential.Certificate certificate => new PeerIdentity.Certificate(
            certificate.Thumbprint, certificate.Subject, certificate.SerialNumber, certificate.NotAfter, certificate.TrustAnchorThumbprint),
        _ => PeerIdentity.None,
    };

    /// <summary>Who has not chosen gets what suits DTLS; who has, gets that.</summary>
    private static IReadOnlyList<TlsCipherSuite> Suites(IReadOnlyList<TlsCipherSuite> chosen) =>
        ReferenceEquals(chosen, TlsCipherSuites.Default) ? DtlsCipherSuites.Default : chosen;
}
