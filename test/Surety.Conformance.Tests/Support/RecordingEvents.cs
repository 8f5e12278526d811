using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>Writes down what the server tells, a line each; values as the server's own decoder gives them.</summary>
internal sealed class RecordingEvents : IDeviceEvents
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>Sees each line as it is written down.</summary>
    public Action<string>? On { get; set; }

    public Action<Registration>? Awake { get; set; }

    /// <summary>The lines so far; they are taken.</summary>
    public string[] Take()
    {
        lock (_lock)
        {
            string[] lines = [.. _lines];
            _lines.Clear();
            return lines;
        }
    }

    public void OnRegistered(Registration registration, Registration? replaced) =>
        Add($"registered {registration.Endpoint}{(replaced is null ? "" : $" in place of {replaced.Endpoint}")}");

    public void OnUpdated(Registration registration, RegistrationChanges changes) => Add($"updated {registration.Endpoint}: {changes}");

    public void OnRemoved(Registration registration, RemovalReason reason) => Add($"removed {registration.Endpoint}: {reason}");

    public void OnNotification(Observation observation, in CoapMessage notification)
    {
        var entries = new List<ResourceEntry>();
        var context = new ContentContext(ObjectModelRegistry.Default, default, observation.Registration.Links, observation.Registration.Version);
        bool isRead = Lwm2mContent.TryDecode(
            notification.ContentFormat ?? ContentFormat.TextPlain, notification.Payload, observation.Path, context, entries, out string? reason);
        Add($"notified {(isRead ? string.Join(' ', entries) : reason)}");
    }

    public void OnObservationEnded(Observation observation) => Add($"ended {observation.Path}");

    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries) => Add($"sent {string.Join(' ', entries)}");

    public void OnAwake(Registration registration) => Awake?.Invoke(registration);

    public void Commit()
    {
    }

    private void Add(string line)
    {
        lock (_lock)
            _lines.Add(line);
        On?.Invoke(line);
    }
}
