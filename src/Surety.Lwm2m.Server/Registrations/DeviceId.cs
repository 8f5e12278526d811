using System.Globalization;

namespace Surety.Lwm2m.Server;

/// <summary>What the platform calls a device: 128 bits, written as 32 lower-case hexadecimal digits.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct DeviceId(UInt128 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
