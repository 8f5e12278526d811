using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Certificates;

/// <summary>What a device must be given to find the platform's servers and to believe them.</summary>
internal sealed class ServerCredentials(PlatformAuthority platform, SuretySettings settings)
{
    // The defaults of Surety:Lwm2m and Surety:Bootstrap, for when something else than this process listens.
    private const int Lwm2mPort = 5684;
    private const int BootstrapPort = 5784;

    /// <summary>The bootstrap server.</summary>
    public string BootstrapUri => Uri(settings.Bootstrap.Coaps ?? settings.Bootstrap.CoapsTcp, BootstrapPort);

    /// <summary>The LwM2M server.</summary>
    public string Lwm2mUri => Uri(settings.Lwm2m.Coaps ?? settings.Lwm2m.CoapsTcp, Lwm2mPort);

    private string RootPem => platform.Root.ExportCertificatePem() + "\n";

    public AllServerCredentialsResponseData GetAll() => new()
    {
        Bootstrap = new CredentialsResponseData { Certificate = RootPem, Url = BootstrapUri },
        Lwm2m = new CredentialsResponseData { Certificate = RootPem, Url = Lwm2mUri },
    };

    public ServerCredentialsResponseData GetBootstrap() => Get("bootstrap", BootstrapUri);

    public ServerCredentialsResponseData GetLwm2m() => Get("lwm2m", Lwm2mUri);

    private ServerCredentialsResponseData Get(string server, string uri) => new()
    {
        // There is no row that could have an id: certificate and server name the credentials, over restarts and on every node.
        Id = EntityId.Read(SHA256.HashData([.. platform.Root.RawData, .. Encoding.ASCII.GetBytes(server)])),
        ServerUri = uri,
        ServerCertificate = RootPem,
        CreatedAt = platform.CreatedAt,
    };

    private string Uri(IPEndPoint? listens, int defaultPort)
    {
        var host = IPAddress.TryParse(settings.PublicHost, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"[{address}]"
            : settings.PublicHost;
        return string.Create(CultureInfo.InvariantCulture, $"coaps://{host}:{(listens is { Port: > 0 } known ? known.Port : defaultPort)}");
    }
}
