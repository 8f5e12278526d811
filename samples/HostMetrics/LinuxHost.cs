using Surety.Device;
using Surety.Lwm2m;

namespace HostMetrics;

/// <summary>An Object of our own, from OMA's test range, described by this class; its values are computed whenever a server reads them.</summary>
[Lwm2mObject(42769, Name = "Linux Host", IsMultiple = false)]
public sealed partial class LinuxHost
{
    [Resource(0, IsMandatory = true)]
    public string HostName => Environment.MachineName;

    [Resource(1)]
    public string? Kernel => Proc.TryRead("/proc/sys/kernel/osrelease");

    [Resource(2, Unit = "s")]
    public long? Uptime => (long?)Proc.FirstNumber("/proc/uptime");

    [Resource(3)]
    public double? LoadAverage => Proc.FirstNumber("/proc/loadavg");

    /// <summary>Seconds between two measurements: a server may change it.</summary>
    [Resource(4, Operations = ResourceOperations.Read | ResourceOperations.Write, Unit = "s", Range = "1..3600")]
    public partial int Period { get; private set; } = 5;
}
