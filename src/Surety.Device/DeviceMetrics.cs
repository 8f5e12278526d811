using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Surety.Device;

/// <summary>
/// What devices of this process do, for <c>System.Diagnostics.Metrics</c>: the meter <c>Surety.Device</c>, with the tag <c>endpoint</c>. Read only when
/// somebody listens. The names are in docs/device-sdk.md.
/// </summary>
internal static class DeviceMetrics
{
    private static readonly ConcurrentDictionary<DeviceHost, KeyValuePair<string, object?>> Hosts = new();

    /// <summary>The meter; it lives as long as the process.</summary>
    public static Meter Meter { get; } = Make();

    public static void Add(DeviceHost host) => Hosts.TryAdd(host, new("endpoint", host.Client.Options.EndpointName));

    public static void Remove(DeviceHost host) => Hosts.TryRemove(host, out _);

    private static Meter Make()
    {
        var meter = new Meter("Surety.Device");
        Count(meter, "surety.device.registrations", "{registration}", "Registers that were accepted", host => host.Client.Statistics.Registrations);
        Count(meter, "surety.device.registration.failures", "{attempt}", "Attempts to register that failed", host => host.Client.Statistics.RegistrationFailures);
        Count(meter, "surety.device.updates", "{update}", "Updates that were accepted", host => host.Client.Statistics.Updates);
        Count(meter, "surety.device.connection.losses", "{loss}", "Ways to servers that broke", host => host.Client.Statistics.ConnectionLosses);
        Count(meter, "surety.device.requests", "{request}", "Requests of servers that were served", host => host.Client.Statistics.Requests);
        Count(meter, "surety.device.notifications", "{notification}", "Notifications sent", host => host.Client.Statistics.Notifications);
        Count(meter, "surety.device.sends", "{send}", "Sends that were accepted", host => host.Client.Statistics.Sends);
        Count(meter, "surety.device.measurements.recorded", "{record}", "Records of measurements accepted", host => host.Buffer?.Recorded);
        Count(meter, "surety.device.measurements.delivered", "{record}", "Records of measurements that the server has taken", host => host.Buffer?.Delivered);
        Count(meter, "surety.device.measurements.refused", "{record}", "Records of measurements that the server has refused", host => host.Buffer?.Refused);
        Count(meter, "surety.device.measurements.dropped", "{record}", "Records of measurements dropped for want of room", host => host.Buffer?.Dropped);
        meter.CreateObservableGauge("surety.device.measurements.waiting", () => Measure(host => host.Buffer?.Waiting), "{record}", "Records of measurements that the server does not have yet");
        meter.CreateObservableGauge("surety.device.registered", () => Measure(host => host.IsRegistered ? 1 : 0), "1", "1 while all servers know the device");
        return meter;
    }

    private static void Count(Meter meter, string name, string unit, string description, Func<DeviceHost, long?> read) =>
        meter.CreateObservableCounter(name, () => Measure(read), unit, description);

    private static IEnumerable<Measurement<long>> Measure(Func<DeviceHost, long?> read)
    {
        foreach ((DeviceHost host, KeyValuePair<string, object?> tag) in Hosts)
        {
            if (read(host) is { } value)
                yield return new Measurement<long>(value, tag);
        }
    }
}
