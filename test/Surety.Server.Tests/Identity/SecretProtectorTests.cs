using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Tests.Identity;

public sealed class SecretProtectorTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("surety-").FullName;

    private string KeyPath => Path.Combine(_directory, "secrets.key");

    [Fact]
    public void A_secret_comes_back_after_a_restart()
    {
        byte[] stored;
        using (var data = Open())
        using (var protector = new SecretProtector(data))
            stored = protector.Protect("psk/1/device", [1, 2, 3]);
        using var again = Open();
        using var second = new SecretProtector(again);
        Assert.Equal([1, 2, 3], second.Unprotect("psk/1/device", stored));
    }

    [Fact]
    public void What_is_stored_does_not_show_the_secret_and_is_never_the_same_twice()
    {
        using var data = Open();
        using var protector = new SecretProtector(data);
        var secret = RandomNumberGenerator.GetBytes(32);
        var first = protector.Protect("p", secret);
        var second = protector.Protect("p", secret);
        Assert.True(first.AsSpan().IndexOf(secret.AsSpan(0, 4)) < 0);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_secret_of_one_purpose_cannot_be_used_for_another()
    {
        using var data = Open();
        using var protector = new SecretProtector(data);
        var stored = protector.Protect("psk/1/device-1", [1, 2, 3]);
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect("psk/1/device-2", stored));
    }

    [Fact]
    public void Every_bit_counts()
    {
        using var data = Open();
        using var protector = new SecretProtector(data);
        var stored = protector.Protect("p", [1, 2, 3]);
        for (var i = 0; i < stored.Length; i++)
        {
            var altered = stored.ToArray();
            altered[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect("p", altered));
        }

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect("p", stored.AsSpan(..^1)));
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect("p", []));
    }

    [Fact]
    public void The_key_is_for_the_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var data = Open();
        using var protector = new SecretProtector(data);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public void With_another_key_the_message_names_the_file()
    {
        byte[] stored;
        using (var data = Open())
        using (var protector = new SecretProtector(data))
            stored = protector.Protect("p", [1]);
        File.Delete(KeyPath);
        using var again = Open();
        using var second = new SecretProtector(again);
        Assert.Contains("secrets.key", Assert.Throws<CryptographicException>(() => second.Unprotect("p", stored)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg")]
    public void A_damaged_key_file_is_not_replaced_by_a_new_one(string content)
    {
        File.WriteAllText(KeyPath, content);
        using var data = Open();
        Assert.Contains("restore", Assert.Throws<StartupException>(() => new SecretProtector(data)).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(KeyPath));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private DataDirectory Open() => new(SuretySettings.Read(new ConfigurationBuilder().AddInMemoryCollection(
        [new("Surety:DataDirectory", _directory)]).Build()));
}
