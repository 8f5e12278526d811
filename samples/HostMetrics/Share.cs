using Surety.Device;

namespace HostMetrics;

/// <summary>The Object Percentage of OMA's registry: how much of something is used.</summary>
[Lwm2mObject(3320)]
public sealed partial class Share(string of)
{
    [Resource(5700, Unit = "%")]
    public partial double SensorValue { get; set; }

    [Resource(5750)]
    public partial string? ApplicationType { get; set; } = of;
}
