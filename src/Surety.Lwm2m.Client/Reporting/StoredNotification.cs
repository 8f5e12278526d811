namespace Surety.Lwm2m.Client;

/// <summary>Values of a notification that could not be sent when it was due.</summary>
/// <param name="UnixSeconds">When it was due.</param>
/// <param name="Entries">The values.</param>
internal sealed record StoredNotification(double UnixSeconds, ResourceEntry[] Entries);
