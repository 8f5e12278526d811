namespace Surety.Server.Features.Echo;

/// <summary>What an application wants of a device. (<c>PUT /v3/devices/{device-id}/echo</c>, an addition of Surety.)</summary>
internal sealed record EchoReq
{
    /// <summary>1 to 256 resources, each path once. What is wanted of other paths stays.</summary>
    public IReadOnlyList<EchoWish?>? Resources { get; init; }
}
