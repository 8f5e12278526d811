namespace Surety.Client;

/// <summary>What a saved query is to be, as it is on the wire.</summary>
internal sealed record DeviceQueryRequest(string Name, string Query);
