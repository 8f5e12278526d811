using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>What a device has from its maker: the content of mbed_cloud_dev_credentials.c, or what the factory put into its storage.</summary>
/// <param name="EndpointName">Its name.</param>
/// <param name="AccountId">Its account; of the URI.</param>
/// <param name="Port">The bootstrap server's.</param>
/// <param name="Identity">For the bootstrap server.</param>
internal sealed partial record PelionCredentials(string EndpointName, string AccountId, int Port, PelionIdentity Identity)
{
    /// <summary>Reads the C file of a developer certificate, as its compiler would.</summary>
    public static PelionCredentials Parse(string source)
    {
        string Text(string name) => Regex.Match(source, $"""MBED_CLOUD_DEV_{name}\[\] = "([^"]*)";""").Groups[1].Value;
        byte[] Bytes(string name) =>
            [.. Hexadecimal().Matches(Regex.Match(source, $$"""MBED_CLOUD_DEV_{{name}}\[\] = {([^}]*)}""").Groups[1].Value).Select(m => byte.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Bytes("BOOTSTRAP_DEVICE_PRIVATE_KEY"), out _);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Bytes("BOOTSTRAP_DEVICE_CERTIFICATE"));
        var uri = new Uri(Text("BOOTSTRAP_SERVER_URI"));
        Assert.Equal("coaps", uri.Scheme);
        Assert.Equal("?aid=" + Text("ACCOUNT_ID"), uri.Query);
        return new PelionCredentials(
            Text("BOOTSTRAP_ENDPOINT_NAME"), Text("ACCOUNT_ID"), uri.Port,
            new PelionIdentity(certificate.CopyWithPrivateKey(key), [], X509CertificateLoader.LoadCertificate(Bytes("BOOTSTRAP_SERVER_ROOT_CA_CERTIFICATE"))));
    }

    [GeneratedRegex("0x([0-9a-f]{2})")]
    private static partial Regex Hexadecimal();
}
