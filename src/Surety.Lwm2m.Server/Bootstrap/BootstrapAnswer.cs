using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What a device answered to an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Code">The response code; of a Write that went in several messages, the first error, else success.</param>
public sealed record BootstrapAnswer(BootstrapOperation Operation, CoapCode Code)
{
    /// <summary>The payload as it came.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The instances that a Discover has found; null for other operations, and when the device's answer cannot be read.</summary>
    public DiscoverResult? Discovered { get; init; }

    /// <summary>The values that a Read has brought.</summary>
    public IReadOnlyList<ResourceEntry> Entries { get; init; } = [];

    /// <summary>What went otherwise than asked: another format, more messages, a resource that the device does not know. In words.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The device has done it; or what was to be deleted was not there.</summary>
    public bool IsSuccess => Code.IsSuccess || (Operation is BootstrapOperation.Delete && Code == CoapCode.NotFound);

    /// <summary>The payload of an error: why, in the device's words.</summary>
    public string Diagnostic => Code.IsSuccess ? "" : Encoding.UTF8.GetString(Payload.Span);
}
