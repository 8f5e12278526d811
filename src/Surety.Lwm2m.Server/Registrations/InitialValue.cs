namespace Surety.Lwm2m.Server;

/// <summary>The value of a resource that a device has told with its registration (<c>v</c> in the object list of Pelion's device client).</summary>
/// <param name="Path">The resource.</param>
/// <param name="Value">As text; opaque values in base64.</param>
/// <param name="IsReported">The device reports each change by itself: the value is the present one until it does.</param>
public sealed record InitialValue(Lwm2mPath Path, string Value, bool IsReported);
