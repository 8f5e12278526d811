namespace Surety.Dtls.Tests;

internal static class Backend
{
    public static CryptoBackend Portable { get; } = new PlatformCrypto();

    /// <summary>The base library's, or libcrypto's, which must be there where these tests run.</summary>
    public static CryptoBackend Of(bool portable) => portable ? Portable : OpenSslCrypto.TryCreate() ?? throw new InvalidOperationException("There is no libcrypto.so.3.");
}
