using System.Globalization;

namespace Surety.Lwm2m.Server;

/// <summary>Whose device it is. Endpoint names are unique within a tenant only.</summary>
/// <param name="Value">128 bits that mean something to the platform.</param>
public readonly record struct TenantId(UInt128 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
