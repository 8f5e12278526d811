using System.Net;
using System.Net.Sockets;
using Surety.Coap;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Connect;

/// <summary>Addresses at which devices are served, opened by settings and named in the report of the start.</summary>
/// <param name="label">What the report calls them.</param>
/// <param name="section">The settings' section, <c>Lwm2m</c>.</param>
/// <param name="report">The report.</param>
internal sealed class CoapListeners(string label, string section, StartupReport report)
{
    private readonly List<CoapEndpoint> _open = [];

    /// <summary>What is open.</summary>
    public IReadOnlyList<CoapEndpoint> All => _open;

    /// <summary>Opens an address; null opens nothing.</summary>
    /// <returns>The endpoint, if there is one.</returns>
    /// <exception cref="StartupException">The address cannot be used.</exception>
    public CoapEndpoint? Open(IPEndPoint? address, string setting, Func<IPEndPoint, CoapEndpoint> open)
    {
        if (address is null)
            return null;
        try
        {
            var endpoint = open(address);
            _open.Add(endpoint);
            report.Add(label, $"{endpoint.Scheme}://{endpoint.LocalEndPoint}");
            return endpoint;
        }
        catch (SocketException e)
        {
            throw new StartupException($"Devices cannot be served at {address}: {e.Message} (setting Surety:{section}:{setting})", e);
        }
    }

    public async Task CloseAsync()
    {
        foreach (var endpoint in _open)
            await endpoint.DisposeAsync();
        _open.Clear();
    }
}
