using System.Globalization;
using Surety.Lwm2m;

namespace Surety.Simulator;

/// <summary>Location of IPSO (3336): the same place in the other Object, for applications that want that one.</summary>
internal sealed class Tracker : SimulatedObject
{
    private const ushort Timestamp = 5518;
    private const ushort Compass = 5705;
    private const ushort ApplicationType = 5750;
    private const ushort Latitude = 6051;
    private const ushort Longitude = 6052;
    private const ushort Uncertainty = 6053;

    private readonly Route _route;

    public Tracker(Random random, Route route)
        : base(Definition(3336), random)
    {
        _route = route;
        this[ApplicationType] = "Delivery van";
        Take(DateTimeOffset.UnixEpoch);
    }

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"{this[Compass].AsFloat():0}° from north");

    public override TimeSpan Period => TimeSpan.FromSeconds(5);

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed) => Take(now);

    private void Take(DateTimeOffset now)
    {
        this[Latitude] = Math.Round(_route.Latitude, 6);
        this[Longitude] = Math.Round(_route.Longitude, 6);
        this[Uncertainty] = Math.Round(4 + (4 * Random.NextDouble()), 1);
        this[Compass] = Math.Round(_route.Heading, 1);
        this[Timestamp] = ResourceValue.FromTime(now.ToUnixTimeSeconds());
    }
}
