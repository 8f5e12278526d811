using System.Globalization;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>Presence (3302): a door that people go through by day, and counts them.</summary>
internal sealed class Presence : SimulatedObject
{
    private const ushort State = 5500;
    private const ushort Counter = 5501;
    private const ushort ResetCounter = 5505;
    private const ushort ApplicationType = 5750;
    private const ushort SensorType = 5751;
    private const ushort BusyToClear = 5903;

    private double _busySeconds;

    public Presence(Random random)
        : base(Definition(3302), random)
    {
        this[State] = false;
        this[Counter] = random.Next(1000);
        this[ApplicationType] = "Front door";
        this[SensorType] = "PIR";
        this[BusyToClear] = 15_000;
        Declare(ResetCounter);
    }

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"{(this[State].AsBoolean() ? "somebody" : "nobody")}, {this[Counter].AsInteger()} so far");

    public override TimeSpan Period => TimeSpan.FromSeconds(2);

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed)
    {
        _busySeconds -= elapsed.TotalSeconds;
        // Every two minutes in the daytime, every quarter of an hour at night.
        double rate = now.Hour is >= 7 and < 22 ? 1 / 120.0 : 1 / 900.0;
        if (Random.NextDouble() < 1 - Math.Exp(-rate * elapsed.TotalSeconds))
        {
            _busySeconds = this[BusyToClear].AsInteger() / 1000.0;
            if (!this[State].AsBoolean())
                this[Counter] = this[Counter].AsInteger() + 1;
            this[State] = true;
        }
        else if (_busySeconds <= 0)
        {
            this[State] = false;
        }
    }

    protected override ValueTask OnExecuteAsync(ushort resourceId, ExecuteArguments arguments, CancellationToken cancellationToken)
    {
        this[Counter] = 0;
        return ValueTask.CompletedTask;
    }
}
