using System.Net;

namespace Surety.Server.Hosting.Settings;

/// <summary>Where the bootstrap server and EST listen. Null is off.</summary>
internal sealed record BootstrapSettings
{
    /// <summary>CoAP over DTLS. Default <c>0.0.0.0:5784</c>: next to the LwM2M server's port.</summary>
    public required IPEndPoint? Coaps { get; init; }

    /// <summary>CoAP over TLS. Default <c>0.0.0.0:5784</c>.</summary>
    public required IPEndPoint? CoapsTcp { get; init; }

    public static BootstrapSettings Read(SettingsReader reader) => new()
    {
        Coaps = reader.Listen("Bootstrap:Coaps", "0.0.0.0:5784", "bootstrap server and EST, DTLS"),
        CoapsTcp = reader.Listen("Bootstrap:CoapsTcp", "0.0.0.0:5784", "bootstrap server and EST, TLS"),
    };
}
