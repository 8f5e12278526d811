using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>A server that the client is to register with: what becomes an instance of the Security and of the Server Object (LwM2M Core, E.1, E.2).</summary>
public sealed record ServerAccount
{
    /// <summary>An account at a server.</summary>
    /// <param name="uri"><c>coap://</c>, <c>coaps://</c>, <c>coap+tcp://</c> or <c>coaps+tcp://</c>.</param>
    /// <exception cref="FormatException">The text is no CoAP URI.</exception>
    public ServerAccount(string uri) => Uri = CoapUri.Parse(uri);

    /// <summary>Where the server is.</summary>
    public CoapUri Uri { get; }

    /// <summary>Short Server ID, 1 to 65534. Default 1.</summary>
    public ushort ShortServerId { get; init; } = 1;

    /// <summary>The registration's lifetime, seconds; 0 never ends. Default a day.</summary>
    public uint Lifetime { get; init; } = RegistrationParameters.DefaultLifetime;

    /// <summary>Default Minimum Period of observations, seconds; null: none.</summary>
    public uint? DefaultMinimumPeriod { get; init; }

    /// <summary>Default Maximum Period of observations, seconds; null: none.</summary>
    public uint? DefaultMaximumPeriod { get; init; }

    /// <summary>Disable Timeout, seconds; null means a day.</summary>
    public uint? DisableTimeout { get; init; }

    /// <summary>Notifications are kept while the server cannot be reached. Default true.</summary>
    public bool StoresNotifications { get; init; } = true;

    /// <summary>Binding, <c>U</c> or <c>T</c>, with <c>Q</c> in LwM2M 1.0; null follows the scheme of the URI.</summary>
    public string? Binding { get; init; }

    /// <summary>Mute Send: the client sends nothing by itself. Default false; in the Server Object the absence of the Resource means true.</summary>
    public bool MutesSend { get; init; }

    /// <summary>Observations are confirmable unless the server says otherwise. Default false.</summary>
    public bool ConfirmsNotifications { get; init; }

    /// <summary>The credentials for this server; null: those that the connector has.</summary>
    public AccountSecurity? Security { get; init; }

    internal string DefaultBinding => Uri.IsReliable ? "T" : "U";
}
