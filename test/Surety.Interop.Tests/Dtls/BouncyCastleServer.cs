using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Surety.Interop.Tests.Dtls;

/// <param name="suite">The one suite accepted.</param>
/// <param name="connectionId">What it wants to be called; null: it does not know the extension.</param>
internal sealed class BouncyCastleServer(int suite, byte[]? connectionId) : PskTlsServer(new BcTlsCrypto(), new Keys())
{
    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    protected override int[] GetSupportedCipherSuites() => [suite];

    protected override byte[]? GetNewConnectionID() => connectionId;

    private sealed class Keys : TlsPskIdentityManager
    {
        public byte[]? GetHint() => null;

        public byte[]? GetPsk(byte[] identity) => identity.AsSpan().SequenceEqual("device-1"u8) ? [.. DtlsCredentials.Psk] : null;
    }
}
