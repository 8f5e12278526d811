namespace Surety.Server.Features.Echo;

/// <summary>What became of a desired value.</summary>
/// <param name="Value">The value. When another one is wanted by now, this says nothing of it.</param>
/// <param name="Status">Done or failed.</param>
/// <param name="At">When.</param>
internal sealed record EchoOutcome(ReadOnlyMemory<byte> Value, EchoStatus Status, DateTimeOffset At);
