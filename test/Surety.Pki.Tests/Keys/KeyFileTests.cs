using System.Security.Cryptography;

namespace Surety.Pki.Tests;

public sealed class KeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-keys").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(KeyCurve.P256)]
    [InlineData(KeyCurve.P384)]
    public void An_encrypted_key_is_read_with_its_passphrase_alone(KeyCurve curve)
    {
        string path = Path.Combine(_folder, "ca.key");
        using SigningKey key = SigningKey.Generate(curve);
        key.Save(path, "correct horse");
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using SigningKey read = SigningKey.Open(path, "correct horse");
        Assert.Equal(key.PublicKey.ExportSubjectPublicKeyInfo(), read.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Contains("passphrase is wanted", Assert.Throws<CryptographicException>(() => SigningKey.Open(path)).Message, StringComparison.Ordinal);
        Assert.Contains("passphrase is wrong", Assert.Throws<CryptographicException>(() => SigningKey.Open(path, "battery")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        Assert.Contains("P-256", Assert.Throws<SigningKeyException>(() => SigningKey.From(key)).Message, StringComparison.Ordinal);
    }
}
