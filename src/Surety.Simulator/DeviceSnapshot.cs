using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>A device at a moment, for a line on a terminal.</summary>
/// <param name="Name">Its endpoint name.</param>
/// <param name="Kind">What it is: thermometer, light, meter, ...</param>
/// <param name="State">How far its registration is.</param>
/// <param name="Value">Its last value with its unit, <c>21.4 °C</c>.</param>
/// <param name="Problem">Why it is not registered; null when it is, or nothing went wrong yet.</param>
/// <param name="Security">Protocol and cipher suite on the way to its server; null without.</param>
public sealed record DeviceSnapshot(string Name, string Kind, RegistrationState State, string Value, string? Problem, string? Security)
{
    /// <summary>What it is doing while it bootstraps and enrols; null afterwards.</summary>
    public string? Step { get; init; }
}
