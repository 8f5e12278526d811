using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Web;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>What a bootstrap has told the client of the LwM2M server.</summary>
/// <param name="Server">Its URI, with the account and the device's id.</param>
/// <param name="Authority">The one authority that is believed there.</param>
internal sealed record PelionAccount(Uri Server, X509Certificate2 Authority)
{
    /// <summary>/0 as the client reads it: one instance, mode 4, and the server's authority (pelion-clients, 4.4).</summary>
    public static PelionAccount Parse(byte[] tlv, string accountId)
    {
        Dictionary<int, byte[]> instance = Tlv.Read(Assert.Single(Tlv.Read(tlv)).Value);
        Assert.Equal([0, 1, 2, 4, 10], instance.Keys.Order());
        Assert.Equal((0, 4), (instance[1][^1], instance[2][^1]));
        var server = new Uri(Encoding.ASCII.GetString(instance[0]));
        Assert.Equal("coaps", server.Scheme);
        Assert.Equal(accountId, HttpUtility.ParseQueryString(server.Query)["aid"]);
        return new PelionAccount(server, X509CertificateLoader.LoadCertificate(instance[4]));
    }
}
