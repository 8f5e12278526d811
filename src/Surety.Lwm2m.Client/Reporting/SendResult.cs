using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>What became of a Send.</summary>
/// <param name="Status">In one word.</param>
/// <param name="Code">The server's answer, when there was one.</param>
/// <param name="Reason">What went wrong, for people.</param>
public readonly record struct SendResult(SendStatus Status, CoapCode Code = default, string? Reason = null)
{
    /// <summary>The server has the values.</summary>
    public bool IsDelivered => Status == SendStatus.Delivered;
}
