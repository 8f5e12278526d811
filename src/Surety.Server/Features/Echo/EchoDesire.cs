using Surety.Coap;

namespace Surety.Server.Features.Echo;

/// <summary>That a device request writes a value.</summary>
/// <param name="Value">The value.</param>
/// <param name="Format">Its format.</param>
/// <param name="At">When it was asked for.</param>
internal sealed record EchoDesire(ReadOnlyMemory<byte> Value, ContentFormat? Format, DateTimeOffset At);
