using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>The battery of a device (resources 6, 7, 9 and 20 of the Device Object): it lasts for some months, and is then changed.</summary>
internal sealed class Battery : ISimulated
{
    private const ushort PowerSources = 6;
    private const ushort Voltage = 7;
    private const ushort Level = 9;
    private const ushort Status = 20;

    private const long Internal = 1;
    private const long Normal = 0;
    private const long Low = 4;
    private const int LowError = 1;
    private const double LowLevel = 10;

    private readonly DeviceInstance _device;
    private readonly double _percentPerDay;
    private double _level;
    private bool _isLow;

    public Battery(DeviceInstance device, Random random)
    {
        _device = device;
        _level = 55 + (45 * random.NextDouble());
        _percentPerDay = 0.5 + random.NextDouble();
        device[PowerSources, 0] = Internal;
        device[Status] = Normal;
        Tell();
    }

    public TimeSpan Period => TimeSpan.FromMinutes(10);

    public void Step(DateTimeOffset now, TimeSpan elapsed)
    {
        using ChangeScope changes = _device.BeginChanges();
        _level -= _percentPerDay * elapsed.TotalDays;
        if (_level <= 0)
            _level = 100;
        if (_level < LowLevel != _isLow)
        {
            _isLow = !_isLow;
            _device[Status] = _isLow ? Low : Normal;
            if (_isLow)
                _device.RaiseError(LowError);
            else
                _device.ClearError(LowError);
        }

        Tell();
    }

    private void Tell()
    {
        _device[Level] = (long)Math.Round(_level);
        _device[Voltage, 0] = 3000 + (long)Math.Round(_level * 6);
    }
}
