using System.ComponentModel;

namespace Surety.Server.Features.SimulatedDevices;

/// <summary>The simulated devices of an account: all of them, since they are few.</summary>
internal sealed record SimulatedDeviceList
{
    /// <summary>Always <c>list</c>.</summary>
    public string Object { get; init; } = "list";

    [Description("How many the account may have in this server; 0: the server simulates none (Surety:SimulatedDevices:PerAccount).")]
    public required int MaxCount { get; init; }

    [Description("How many there are.")]
    public required int TotalCount { get; init; }

    public required IReadOnlyList<SimulatedDeviceData> Data { get; init; }
}
