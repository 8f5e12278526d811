using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Surety.Interop.Tests.Dtls;

/// <param name="suite">The one suite offered.</param>
/// <param name="connectionId">What it wants to be called; null: it does not offer the extension.</param>
internal sealed class BouncyCastleClient(int suite, byte[]? connectionId)
    : PskTlsClient(new BcTlsCrypto(), new BasicTlsPskIdentity("device-1", DtlsCredentials.Psk))
{
    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    protected override int[] GetSupportedCipherSuites() => [suite];

    protected override byte[]? GetNewConnectionID() => connectionId;
}
