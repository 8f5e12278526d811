namespace Surety.Lwm2m.Server;

/// <summary>What came of an attempt to observe.</summary>
/// <param name="Response">The device's answer: the present state, or an error.</param>
/// <param name="Observation">The observation; null when the device does not observe that.</param>
public sealed record ObserveResult(DeviceResponse Response, Observation? Observation);
