using System.Globalization;
using Surety.Lwm2m;

namespace Surety.Simulator;

/// <summary>Location (6): where a tracker is.</summary>
internal sealed class Location : SimulatedObject
{
    private const ushort Latitude = 0;
    private const ushort Longitude = 1;
    private const ushort Altitude = 2;
    private const ushort Radius = 3;
    private const ushort Timestamp = 5;
    private const ushort Speed = 6;

    private readonly Route _route;

    public Location(Random random, Route route)
        : base(Definition(6), random)
    {
        _route = route;
        route.Advance(TimeSpan.Zero);
        this[Altitude] = 9.0;
        this[Radius] = 5.0;
        this[Timestamp] = ResourceValue.FromTime(0L);
        Take(DateTimeOffset.UnixEpoch);
    }

    public override string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{this[Latitude].AsFloat():0.00000}, {this[Longitude].AsFloat():0.00000} at {this[Speed].AsFloat() * 3.6:0} km/h");

    public override TimeSpan Period => TimeSpan.FromSeconds(5);

    protected override void Advance(DateTimeOffset now, TimeSpan elapsed)
    {
        _route.Advance(elapsed);
        Take(now);
    }

    private void Take(DateTimeOffset now)
    {
        this[Latitude] = Math.Round(_route.Latitude, 6);
        this[Longitude] = Math.Round(_route.Longitude, 6);
        this[Speed] = Math.Round(_route.Speed, 1);
        this[Radius] = Math.Round(4 + (4 * Random.NextDouble()), 1);
        this[Timestamp] = ResourceValue.FromTime(now.ToUnixTimeSeconds());
    }
}
