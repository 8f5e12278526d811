using System.Text.Json;

namespace Surety.Client;

/// <summary>An envelope of events from the event stream.</summary>
/// <param name="Id">The place behind its last event: who goes on there, later or in another process, misses nothing.</param>
/// <param name="Envelope">As with other channels: <c>notifications</c>, <c>registrations</c>, <c>reg-updates</c>, <c>de-registrations</c>, <c>registrations-expired</c>, <c>async-responses</c>.</param>
public sealed record StreamedEvents(string Id, JsonElement Envelope);
