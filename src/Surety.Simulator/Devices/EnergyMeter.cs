using System.Globalization;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>Energy (3331): what the power meter beside it has counted, in kilowatt hours.</summary>
internal sealed class EnergyMeter : SimulatedObject
{
    private const ushort Value = 5700;
    private const ushort Units = 5701;
    private const ushort ApplicationType = 5750;
    private const ushort Reset = 5822;

    private readonly PowerMeter _power;

    public EnergyMeter(Random random, PowerMeter power)
        : base(Definition(3331), random)
    {
        _power = power;
        this[Value] = Math.Round(power.WattHours / 1000, 2);
        this[Units] = "kWh";
        this[ApplicationType] = "Household";
        Declare(Reset);
    }

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"{this[Value].AsFloat():0.00} kWh");

    public override TimeSpan Period => TimeSpan.FromSeconds(30);

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed) => this[Value] = Math.Round(_power.WattHours / 1000, 2);

    protected override ValueTask OnExecuteAsync(ushort resourceId, ExecuteArguments arguments, CancellationToken cancellationToken)
    {
        using ChangeScope changes = BeginChanges();
        _power.ResetEnergy();
        this[Value] = 0.0;
        return ValueTask.CompletedTask;
    }
}
