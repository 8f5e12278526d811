using System.Globalization;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>Power Measurement (3305): a household, with its base load, its mornings and evenings, and a kettle at times.</summary>
internal sealed class PowerMeter : SimulatedObject
{
    private const ushort ResetMinimumAndMaximum = 5605;
    private const ushort Active = 5800;
    private const ushort ActiveMinimum = 5801;
    private const ushort ActiveMaximum = 5802;
    private const ushort CumulativeActive = 5805;
    private const ushort Reactive = 5810;
    private const ushort PowerFactor = 5820;
    private const ushort ResetCumulative = 5822;

    private readonly double _base;
    private double _kettleSeconds;
    private double _wattHours;

    public PowerMeter(Random random)
        : base(Definition(3305), random)
    {
        _base = 120 + (random.NextDouble() * 150);
        _wattHours = Math.Round(random.NextDouble() * 5_000_000);
        this[Active] = Math.Round(_base);
        this[ActiveMinimum] = this[Active];
        this[ActiveMaximum] = this[Active];
        this[CumulativeActive] = _wattHours;
        this[Reactive] = 0.0;
        this[PowerFactor] = 0.97;
        Declare(ResetMinimumAndMaximum);
        Declare(ResetCumulative);
    }

    /// <summary>What went through since the reset, watt hours.</summary>
    public double WattHours => _wattHours;

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"{this[Active].AsFloat():0} W");

    public override TimeSpan Period => TimeSpan.FromSeconds(5);

    public void ResetEnergy()
    {
        _wattHours = 0;
        this[CumulativeActive] = 0.0;
    }

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed)
    {
        double hour = now.TimeOfDay.TotalHours;
        double people = Bump(hour, 7.5, 1.5) + (1.6 * Bump(hour, 19.5, 2.5));
        _kettleSeconds = Math.Max(_kettleSeconds - elapsed.TotalSeconds, 0);
        if (_kettleSeconds == 0 && Random.NextDouble() < elapsed.TotalSeconds / 1800)
            _kettleSeconds = 60 + (Random.NextDouble() * 120);
        double watts = Math.Round(Math.Max(_base + (500 * people) + (_kettleSeconds > 0 ? 2000 : 0) + Normal(15), 20));
        double factor = Math.Round(0.94 + (0.05 * Random.NextDouble()), 3);
        _wattHours += watts * elapsed.TotalHours;
        this[Active] = watts;
        this[ActiveMinimum] = Math.Min(this[ActiveMinimum].AsFloat(), watts);
        this[ActiveMaximum] = Math.Max(this[ActiveMaximum].AsFloat(), watts);
        this[CumulativeActive] = Math.Round(_wattHours, 1);
        this[PowerFactor] = factor;
        this[Reactive] = Math.Round(watts * Math.Tan(Math.Acos(factor)), 1);
    }

    protected override ValueTask OnExecuteAsync(ushort resourceId, ExecuteArguments arguments, CancellationToken cancellationToken)
    {
        using ChangeScope changes = BeginChanges();
        if (resourceId == ResetCumulative)
        {
            ResetEnergy();
        }
        else
        {
            this[ActiveMinimum] = this[Active];
            this[ActiveMaximum] = this[Active];
        }

        return ValueTask.CompletedTask;
    }

    private static double Bump(double hour, double center, double width) => Math.Exp(-Math.Pow((hour - center) / width, 2));
}
