namespace Surety.Lwm2m.Client;

/// <summary>What a device says about itself in the Device Object (LwM2M Core, E.4). Null: not said.</summary>
public sealed record DeviceInformation
{
    /// <summary>Who made it.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Its model.</summary>
    public string? ModelNumber { get; init; }

    /// <summary>Its serial number.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The firmware that runs.</summary>
    public string? FirmwareVersion { get; init; }

    /// <summary>The hardware.</summary>
    public string? HardwareVersion { get; init; }

    /// <summary>The software above the firmware.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>What kind of device it is.</summary>
    public string? DeviceType { get; init; }

    /// <summary>Its time zone, an IANA name.</summary>
    public string? Timezone { get; init; }

    /// <summary>Its offset from UTC, <c>+02:00</c>.</summary>
    public string? UtcOffset { get; init; }

    /// <summary>The bindings that it has. Default <c>U</c>.</summary>
    public string Binding { get; init; } = "U";
}
