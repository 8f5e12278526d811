namespace Surety.Simulator;

/// <summary>What a simulated device is.</summary>
public enum DeviceKind
{
    /// <summary>A room thermometer: Temperature (3303).</summary>
    Thermometer,

    /// <summary>A dimmable lamp: Light Control (3311).</summary>
    Light,

    /// <summary>An electricity meter: Power Measurement (3305) and Energy (3331).</summary>
    Meter,

    /// <summary>A tracker in a van: Location (6 and 3336).</summary>
    Tracker,

    /// <summary>A door sensor: Presence (3302).</summary>
    Door,
}
