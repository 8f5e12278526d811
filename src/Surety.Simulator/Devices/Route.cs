namespace Surety.Simulator;

/// <summary>A round trip over given points, at a speed that changes.</summary>
/// <param name="random">What chance does to the speed.</param>
internal sealed class Route(Random random)
{
    private const double MetresPerDegree = 111_320;

    // Around the Alster in Hamburg: latitude and longitude.
    private static readonly (double Latitude, double Longitude)[] Points =
    [
        (53.5573, 9.9937), (53.5598, 10.0028), (53.5665, 10.0103), (53.5735, 10.0142), (53.5790, 10.0086), (53.5803, 9.9992), (53.5745, 9.9952), (53.5655, 9.9938),
    ];

    private int _leg = random.Next(Points.Length);
    private double _done;

    /// <summary>Metres a second.</summary>
    public double Speed { get; private set; } = 5;

    /// <summary>Degrees from north.</summary>
    public double Heading { get; private set; }

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    public void Advance(TimeSpan elapsed)
    {
        Speed = Math.Clamp(Speed + ((random.NextDouble() - 0.5) * 2), 0, 13.9);
        double left = Speed * elapsed.TotalSeconds;
        while (true)
        {
            (double Latitude, double Longitude) from = Points[_leg];
            (double Latitude, double Longitude) to = Points[(_leg + 1) % Points.Length];
            double north = (to.Latitude - from.Latitude) * MetresPerDegree;
            double east = (to.Longitude - from.Longitude) * MetresPerDegree * Math.Cos(from.Latitude * Math.PI / 180);
            double length = Math.Sqrt((north * north) + (east * east));
            if (_done + left >= length)
            {
                left -= length - _done;
                _done = 0;
                _leg = (_leg + 1) % Points.Length;
                continue;
            }

            _done += left;
            double share = _done / length;
            Latitude = from.Latitude + (share * (to.Latitude - from.Latitude));
            Longitude = from.Longitude + (share * (to.Longitude - from.Longitude));
            Heading = (Math.Atan2(east, north) * 180 / Math.PI + 360) % 360;
            return;
        }
    }
}
