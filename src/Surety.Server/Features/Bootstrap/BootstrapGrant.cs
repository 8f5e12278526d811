using Surety.Lwm2m.Server;
using Surety.Server.Features.Connect;

namespace Surety.Server.Features.Bootstrap;

/// <summary>What a device gets, once a rule is chosen. The planner makes operations of it.</summary>
/// <param name="AccountId">Whose device it is.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="EndpointName">Its endpoint name.</param>
/// <param name="RuleName">The rule, for people.</param>
/// <param name="Server">How the device is to behave towards the server.</param>
internal sealed record BootstrapGrant(EntityId AccountId, EntityId DeviceId, string EndpointName, string RuleName, ServerAccountSettings Server)
{
    /// <summary>How it reaches the server, and what the two believe; null for a device that another bootstrap server serves.</summary>
    public SecurityAccount? Security { get; init; }

    /// <summary>Where the key goes that is made for the device while it bootstraps, security modes 0 and 1; null in others.</summary>
    public GivenKey? GivenKey { get; init; }

    /// <summary>URI of another bootstrap server, to which the device is sent; null: it is served here.</summary>
    public string? Redirect { get; init; }

    /// <summary>DER of the server's own certificate, for devices of LwM2M 1.0 that know an exact match alone; null when a rule names another server.</summary>
    public ReadOnlyMemory<byte>? ServerCertificate { get; init; }

    /// <summary>Further instances that are written.</summary>
    public IReadOnlyList<BootstrapOperation.Write> Writes { get; init; } = [];

    /// <summary>What is observed whenever the device registers.</summary>
    public IReadOnlyList<InitialObservation> Observations { get; init; } = [];

    /// <summary>The rule says how the device is to behave; not the built-in one.</summary>
    public bool HasServerSettings { get; init; }

    /// <summary>The device is one of Pelion's clients.</summary>
    public bool IsPelionClient { get; init; }
}
