using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using CertificateRequest = Org.BouncyCastle.Tls.CertificateRequest;
using HashAlgorithm = Org.BouncyCastle.Tls.HashAlgorithm;

namespace Surety.Interop.Tests.Dtls;

/// <content>What it offers, accepts and shows.</content>
internal sealed partial class BouncyCastlePeer
{
    private static readonly BcTlsCrypto Primitives = new();

    private static TlsClient MakeClient(int suite, byte[]? connectionId) => DtlsCredentials.UsesPsk((TlsCipherSuite)suite) ? new KeyClient(suite, connectionId) : new CertificateClient(suite, connectionId);

    private static TlsServer MakeServer(int suite, byte[]? connectionId) => DtlsCredentials.UsesPsk((TlsCipherSuite)suite) ? new KeyServer(suite, connectionId) : new CertificateServer(suite, connectionId);

    private static BcDefaultTlsCredentialedSigner Sign(TlsContext context, X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        TlsCertificate[] chain = [Primitives.CreateCertificate(certificate.RawData), Primitives.CreateCertificate(DtlsCredentials.Pki.Intermediate.Certificate.RawData)];
        return new(
            new TlsCryptoParameters(context), Primitives, PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey()), new Certificate(chain),
            SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private sealed class CertificateClient(int suite, byte[]? connectionId) : DefaultTlsClient(Primitives)
    {
        public override TlsAuthentication GetAuthentication() => new Authentication(m_context);

        protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

        protected override int[] GetSupportedCipherSuites() => [suite];

        protected override byte[]? GetNewConnectionID() => connectionId;

        private sealed class Authentication(TlsContext context) : TlsAuthentication
        {
            public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
            {
                if (!serverCertificate.Certificate.GetCertificateAt(0).GetEncoded().AsSpan().SequenceEqual(DtlsCredentials.Pki.Server.RawData))
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
            }

            public TlsCredentials GetClientCredentials(CertificateRequest certificateRequest) => Sign(context, DtlsCredentials.Device);
        }
    }

    private sealed class KeyClient(int suite, byte[]? connectionId) : PskTlsClient(Primitives, new BasicTlsPskIdentity("device-1", DtlsCredentials.Psk))
    {
        protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

        protected override int[] GetSupportedCipherSuites() => [suite];

        protected override byte[]? GetNewConnectionID() => connectionId;
    }

    private sealed class CertificateServer(int suite, byte[]? connectionId) : DefaultTlsServer(Primitives)
    {
        public override CertificateRequest GetCertificateRequest() =>
            new([ClientCertificateType.ecdsa_sign], TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context), null);

        public override void NotifyClientCertificate(Certificate clientCertificate)
        {
            if (clientCertificate.IsEmpty || !clientCertificate.GetCertificateAt(0).GetEncoded().AsSpan().SequenceEqual(DtlsCredentials.Device.RawData))
                throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }

        protected override TlsCredentialedSigner GetECDsaSignerCredentials() => Sign(m_context, DtlsCredentials.Pki.Server);

        protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

        protected override int[] GetSupportedCipherSuites() => [suite];

        protected override byte[]? GetNewConnectionID() => connectionId;
    }

    private sealed class KeyServer(int suite, byte[]? connectionId) : PskTlsServer(Primitives, new Keys())
    {
        protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

        protected override int[] GetSupportedCipherSuites() => [suite];

        protected override byte[]? GetNewConnectionID() => connectionId;

        private sealed class Keys : TlsPskIdentityManager
        {
            public byte[]? GetHint() => null;

            public byte[]? GetPsk(byte[] identity) => identity.AsSpan().SequenceEqual("device-1"u8) ? DtlsCredentials.Psk : null;
        }
    }
}
