using System.Globalization;
using System.Net;
using Surety.Coap;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Connect;
using Surety.Simulator;

namespace Surety.Server.Features.Demo;

/// <summary>Where devices in this process find its servers.</summary>
internal sealed class DemoNetwork(DeviceEndpoints endpoints, BootstrapGateway bootstrap)
{
    /// <summary>Devices can go the whole way: there are a bootstrap server and a secure LwM2M server.</summary>
    public bool IsWhole => bootstrap.Endpoints.Count > 0 && endpoints.All.Any(endpoint => endpoint.IsSecure);

    /// <summary>A server that is for the laboratory alone can have its demo, too.</summary>
    public string? Laboratory => endpoints.All.FirstOrDefault(endpoint => !endpoint.IsSecure) is { } endpoint ? UriOf(endpoint) : null;

    /// <summary>Lamp and meter are on the mains, and can afford a connection that stays.</summary>
    public string? FindBootstrap(DeviceKind kind)
    {
        var found = bootstrap.Endpoints.FirstOrDefault(endpoint => endpoint.IsReliable == (kind is DeviceKind.Light or DeviceKind.Meter))
            ?? (bootstrap.Endpoints is [var any, ..] ? any : null);
        return found is null ? null : UriOf(found);
    }

    private static string UriOf(CoapEndpoint endpoint)
    {
        var address = endpoint.LocalEndPoint.Address;
        var isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        var host = isAny ? "localhost" : new IPEndPoint(address, 0).ToString()[..^2];
        return string.Create(CultureInfo.InvariantCulture, $"{endpoint.Scheme}://{host}:{endpoint.LocalEndPoint.Port}");
    }
}
