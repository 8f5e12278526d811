using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>The account at a bootstrap server that a device brings along from the factory (LwM2M Core 6.1.2): it becomes an instance of the Security Object.</summary>
public sealed record BootstrapAccount
{
    /// <summary>An account at a bootstrap server.</summary>
    /// <param name="uri"><c>coaps://</c>, <c>coaps+tcp://</c>, <c>coap://</c> or <c>coap+tcp://</c>. Its query goes along with the Bootstrap-Request, as Pelion's <c>aid</c>.</param>
    /// <exception cref="FormatException">The text is no CoAP URI.</exception>
    public BootstrapAccount(string uri) => Uri = CoapUri.Parse(uri);

    /// <summary>Where the bootstrap server is.</summary>
    public CoapUri Uri { get; }

    /// <summary>The credentials; null: those that the connector has.</summary>
    public AccountSecurity? Security { get; init; }

    /// <summary>Client Hold Off Time, seconds: what is waited for a server that begins by itself. Default 0.</summary>
    public uint HoldOff { get; init; }

    /// <summary>
    /// Bootstrap-Server Account Timeout, seconds after a bootstrap until the account is purged; without it a device can never get new
    /// credentials. Default 0: never.
    /// </summary>
    public uint AccountTimeout { get; init; }

    /// <summary>Asks for a Bootstrap-Pack first (LwM2M 1.2, Core 6.1.7.7), and in the classic way when there is none. Default false.</summary>
    public bool RequestsPack { get; init; }
}
