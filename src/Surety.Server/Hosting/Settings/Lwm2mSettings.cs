using System.Net;

namespace Surety.Server.Hosting.Settings;

/// <summary>Where the LwM2M server listens. Null is off.</summary>
internal sealed record Lwm2mSettings
{
    /// <summary>CoAP over DTLS. Default <c>0.0.0.0:5684</c>, the port of coaps (RFC 7252, 12.7).</summary>
    public required IPEndPoint? Coaps { get; init; }

    /// <summary>CoAP over TLS. Default <c>0.0.0.0:5684</c>, the port of coaps+tcp (RFC 8323, 11.4).</summary>
    public required IPEndPoint? CoapsTcp { get; init; }

    /// <summary>CoAP over UDP without security. Default none: for the laboratory only.</summary>
    public required IPEndPoint? Coap { get; init; }

    /// <summary>CoAP over TCP without security. Default none: for the laboratory only.</summary>
    public required IPEndPoint? CoapTcp { get; init; }

    public static Lwm2mSettings Read(SettingsReader reader) => new()
    {
        Coaps = reader.Listen("Lwm2m:Coaps", "0.0.0.0:5684", "LwM2M server, DTLS"),
        CoapsTcp = reader.Listen("Lwm2m:CoapsTcp", "0.0.0.0:5684", "LwM2M server, TLS"),
        Coap = reader.Listen("Lwm2m:Coap", "none", "LwM2M server, UDP without security (laboratory only)"),
        CoapTcp = reader.Listen("Lwm2m:CoapTcp", "none", "LwM2M server, TCP without security (laboratory only)"),
    };
}
