namespace Surety.Client;

/// <summary>What is wanted of a device, as it is on the wire.</summary>
internal sealed record EchoRequest(IReadOnlyList<EchoWish> Resources);
