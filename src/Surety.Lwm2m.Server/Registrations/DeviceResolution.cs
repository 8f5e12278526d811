using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What <see cref="IDeviceAdmission.ResolveAsync"/> found: a device, or a refusal.</summary>
public readonly record struct DeviceResolution
{
    private DeviceResolution(DeviceId device, CoapCode refusal, string? reason)
    {
        Device = device;
        Refusal = refusal;
        Reason = reason;
    }

    /// <summary>The device.</summary>
    public DeviceId Device { get; }

    /// <summary>The response of a refusal.</summary>
    public CoapCode Refusal { get; }

    /// <summary>Why, for the device's log.</summary>
    public string? Reason { get; }

    /// <summary>Not refused.</summary>
    public bool IsAdmitted => Refusal.IsEmpty;

    /// <summary>The device.</summary>
    public static DeviceResolution Accept(DeviceId device) => new(device, CoapCode.Empty, null);

    /// <summary>The device may not register.</summary>
    public static DeviceResolution Refuse(CoapCode code, string reason) => new(default, code, reason);
}
