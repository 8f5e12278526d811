namespace Surety.Client;

/// <summary>The device that comes into a group or leaves it, as it is on the wire.</summary>
internal sealed record DeviceGroupMember(string DeviceId);
