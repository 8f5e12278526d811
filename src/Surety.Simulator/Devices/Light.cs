using System.Globalization;
using Surety.Lwm2m;

namespace Surety.Simulator;

/// <summary>Light Control (3311): a dimmable lamp that servers switch, and now and then somebody in the room.</summary>
internal sealed class Light : SimulatedObject
{
    private const ushort Colour = 5706;
    private const ushort ApplicationType = 5750;
    private const ushort CumulativePower = 5805;
    private const ushort PowerFactor = 5820;
    private const ushort OnOff = 5850;
    private const ushort Dimmer = 5851;
    private const ushort OnTime = 5852;

    private const double WattsAtFull = 9;

    // Somebody uses the switch every ten minutes or so.
    private const double SwitchesPerSecond = 1 / 600.0;

    private double _onSeconds;
    private double _wattHours;

    public Light(Random random)
        : base(Definition(3311), random)
    {
        this[OnOff] = random.Next(2) == 0;
        this[Dimmer] = 10 * random.Next(3, 11);
        this[OnTime] = 0;
        this[CumulativePower] = 0.0;
        this[PowerFactor] = 0.95;
        this[Colour] = "#FFE4C4";
        this[ApplicationType] = "Ceiling";
    }

    public override string Summary => this[OnOff].AsBoolean() ? string.Create(CultureInfo.InvariantCulture, $"on, {this[Dimmer].AsInteger()} %") : "off";

    public override TimeSpan Period => TimeSpan.FromSeconds(10);

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed)
    {
        if (this[OnOff].AsBoolean())
        {
            _onSeconds += elapsed.TotalSeconds;
            _wattHours += WattsAtFull * this[Dimmer].AsInteger() / 100 * elapsed.TotalHours;
            this[OnTime] = (long)_onSeconds;
            this[CumulativePower] = Math.Round(_wattHours, 2);
        }

        if (Random.NextDouble() < 1 - Math.Exp(-SwitchesPerSecond * elapsed.TotalSeconds))
            this[OnOff] = !this[OnOff].AsBoolean();
    }

    protected override void OnWritten(IReadOnlyList<ResourceEntry> entries)
    {
        // Writing 0 resets the counter (definition of resource 5852); any other value sets it.
        foreach (ResourceEntry entry in entries)
        {
            if (entry.Path.ResourceId == OnTime)
                _onSeconds = entry.Value.AsInteger();
        }

        base.OnWritten(entries);
    }
}
