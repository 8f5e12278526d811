using System.Globalization;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>Temperature (3303): a room, warmer in the afternoon, with the noise of a sensor.</summary>
internal sealed class Thermometer : SimulatedObject
{
    private const ushort Minimum = 5601;
    private const ushort Maximum = 5602;
    private const ushort MinimumRange = 5603;
    private const ushort MaximumRange = 5604;
    private const ushort ResetMinimumAndMaximum = 5605;
    private const ushort Value = 5700;
    private const ushort Units = 5701;
    private const ushort ApplicationType = 5750;

    private readonly double _mean;
    private double _drift;

    public Thermometer(Random random)
        : base(Definition(3303), random)
    {
        _mean = 20 + (4 * random.NextDouble());
        this[Value] = Math.Round(_mean, 1);
        this[Minimum] = this[Value];
        this[Maximum] = this[Value];
        this[MinimumRange] = -40.0;
        this[MaximumRange] = 85.0;
        this[Units] = "Cel";
        this[ApplicationType] = "Room";
        Declare(ResetMinimumAndMaximum);
    }

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"{this[Value].AsFloat():0.0} °C");

    public override TimeSpan Period => TimeSpan.FromSeconds(5);

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed)
    {
        // Warmest at 15 o'clock; what drifts away comes back within hours.
        double ofDay = 2.5 * Math.Cos(2 * Math.PI * (now.TimeOfDay.TotalHours - 15) / 24);
        _drift = (_drift * Math.Exp(-elapsed.TotalHours / 3)) + Normal(0.05 * Math.Sqrt(elapsed.TotalSeconds / 5));
        double value = Math.Round(_mean + ofDay + _drift, 1);
        this[Value] = value;
        this[Minimum] = Math.Min(this[Minimum].AsFloat(), value);
        this[Maximum] = Math.Max(this[Maximum].AsFloat(), value);
    }

    protected override ValueTask OnExecuteAsync(ushort resourceId, ExecuteArguments arguments, CancellationToken cancellationToken)
    {
        using ChangeScope changes = BeginChanges();
        this[Minimum] = this[Value];
        this[Maximum] = this[Value];
        return ValueTask.CompletedTask;
    }
}
