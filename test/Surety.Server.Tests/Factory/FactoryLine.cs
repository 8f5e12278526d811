using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Surety.Pki;

namespace Surety.Server.Tests.Factory;

/// <summary>A factory with an authority of its own, which signs manifests of what it makes.</summary>
internal sealed class FactoryLine : IDisposable
{
    private static readonly ValidityPeriod Year = ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(365));

    private int _logSize;

    public FactoryLine()
    {
        Root = CertificateAuthority.CreateRoot(CertificateProfile.Root(new($"Maker {RandomNumberGenerator.GetHexString(8)}"), Year));
        Authority = Root.IssueAuthority(CertificateProfile.Intermediate(new($"Factory {RandomNumberGenerator.GetHexString(8)}"), Year));
    }

    public string Name { get; } = $"plant-{RandomNumberGenerator.GetHexString(8)}";

    public CertificateAuthority Root { get; }

    public CertificateAuthority Authority { get; }

    /// <summary>Imports a manifest of one device into an account that trusts nobody yet.</summary>
    public static async Task<JsonNode> ImportAsync(HttpClient account)
    {
        using var line = new FactoryLine();
        await line.TrustAsync(account);
        return await ImportAsync(account, line.Sign(line.Make("batch-1", line.Device("mine").Device)));
    }

    public static async Task<JsonNode> ImportAsync(HttpClient account, byte[] manifest, string query = "", HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var response = await account.SendAsync(HttpMethod.Post, "/v3/factory-manifests" + query, Encoding.UTF8.GetString(manifest), "application/jose+json");
        return await response.ReadAsync(expected);
    }

    /// <summary>The account trusts the maker.</summary>
    public async Task TrustAsync(HttpClient account, bool enrollmentMode = false)
    {
        var body = new JsonObject { ["name"] = Name, ["service"] = "bootstrap", ["certificate"] = Root.Certificate.ExportCertificatePem(), ["enrollment_mode"] = enrollmentMode };
        await account.PostAsync("/v3/trusted-certificates", body.ToJsonString());
    }

    public (FactoryDevice Device, X509Certificate2 Certificate) Device(string name)
    {
        var certificate = Authority.IssueWithNewKey(CertificateProfile.Device(new(name), Year));
        return (new FactoryDevice(name, certificate.SerialNumber, Convert.ToHexString(SHA256.HashData(certificate.RawData))), certificate);
    }

    public FactoryManifest Make(string batch, params FactoryDevice[] devices) => Make(batch, [], devices);

    public FactoryManifest Make(string batch, FactoryFailure[] failures, params FactoryDevice[] devices)
    {
        var start = _logSize;
        _logSize += devices.Length;
        return new FactoryManifest(
            Name, batch, "quota-1", TimeProvider.System.GetUtcNow(), devices.Length + failures.Length, start, _logSize, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(batch))), devices, failures);
    }

    public byte[] Sign(FactoryManifest manifest) => manifest.Sign(Authority, Root.Certificate);

    public void Dispose()
    {
        Authority.Dispose();
        Root.Dispose();
    }
}
