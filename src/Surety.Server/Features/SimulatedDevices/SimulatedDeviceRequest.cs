using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Surety.Simulator;

namespace Surety.Server.Features.SimulatedDevices;

/// <summary>Which simulated devices are to be started.</summary>
internal sealed record SimulatedDeviceRequest
{
    [Description("How many. Default: 1.")]
    [Range(1, 100)]
    public int? Count { get; init; }

    [Description("What they are. Default: of each kind in turn.")]
    public DeviceKind? Kind { get; init; }
}
