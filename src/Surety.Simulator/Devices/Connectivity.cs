using System.Globalization;
using Surety.Lwm2m;

namespace Surety.Simulator;

/// <summary>Connectivity Monitoring (4): a wireless LAN whose strength wavers.</summary>
internal sealed class Connectivity : SimulatedObject
{
    private const ushort Bearer = 0;
    private const ushort AvailableBearers = 1;
    private const ushort SignalStrength = 2;
    private const ushort LinkQuality = 3;
    private const ushort Addresses = 4;
    private const ushort Routers = 5;

    private const long Wlan = 21;

    private double _strength;

    public Connectivity(Random random, Lwm2mVersion version, int number)
        : base(ObjectModelRegistry.Default.Find(CoreObjects.ConnectivityMonitoring, CoreObjects.ImpliedVersion(version, CoreObjects.ConnectivityMonitoring))!, random)
    {
        _strength = -45 - (random.NextDouble() * 25);
        this[Bearer] = Wlan;
        this[AvailableBearers, 0] = Wlan;
        this[Addresses, 0] = string.Create(CultureInfo.InvariantCulture, $"192.168.{number / 250 % 250}.{(number % 250) + 2}");
        this[Routers, 0] = string.Create(CultureInfo.InvariantCulture, $"192.168.{number / 250 % 250}.1");
        Take();
    }

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"{this[SignalStrength].AsInteger()} dBm");

    public override TimeSpan Period => TimeSpan.FromSeconds(30);

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed)
    {
        _strength = Math.Clamp(_strength + Normal(1), -90, -35);
        Take();
    }

    private void Take()
    {
        this[SignalStrength] = (long)Math.Round(_strength);
        this[LinkQuality] = (long)Math.Clamp((_strength + 95) * 1.8, 0, 100);
    }
}
