using System.ComponentModel;
using Surety.Lwm2m.Client;
using Surety.Simulator;

namespace Surety.Server.Features.SimulatedDevices;

/// <summary>A simulated device as the API shows it.</summary>
internal sealed record SimulatedDeviceData
{
    /// <summary>Always <c>simulated-device</c>.</summary>
    public string Object { get; init; } = "simulated-device";

    [Description("The ID of the simulated device; that of its entry in the directory is another one.")]
    public required EntityId Id { get; init; }

    [Description("Its endpoint name, by which the directory knows it.")]
    public required string EndpointName { get; init; }

    [Description("What it is.")]
    public required DeviceKind Kind { get; init; }

    [Description("true: it is registered with the LwM2M server.")]
    public required bool Registered { get; init; }

    [Description("What it does, and what went wrong, in words.")]
    public required string Status { get; init; }

    [Description("Its main value, as a person reads it.")]
    public required string Value { get; init; }

    public static SimulatedDeviceData Of(EntityId id, SimulatedDevice device)
    {
        var now = device.Snapshot();
        var isRegistered = now.State == RegistrationState.Registered;
        return new SimulatedDeviceData
        {
            Id = id,
            EndpointName = now.Name,
            Kind = device.Kind,
            Registered = isRegistered,
            Status = isRegistered ? $"registered  {now.Security}".TrimEnd() : now.Problem ?? now.Step ?? now.State.ToString().ToLowerInvariant(),
            Value = now.Value,
        };
    }
}
