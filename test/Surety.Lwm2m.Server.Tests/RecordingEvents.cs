using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server.Tests;

/// <summary>Writes down what it is told, a line each: <c>registered a</c>, <c>removed a Expired</c>, <c>notified /3/0/9 2.05 95</c>, ...</summary>
internal sealed class RecordingEvents : IDeviceEvents
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>The lines but for <c>awake</c> and <c>commit</c>.</summary>
    public string[] Lines => [.. All.Where(l => l != "commit" && !l.StartsWith("awake", StringComparison.Ordinal))];

    /// <summary>All lines.</summary>
    public string[] All
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>Sees each line before it is written down; may throw.</summary>
    public Action<string>? On { get; set; }

    public Action<Registration>? Registered { get; set; }

    public Action<Registration>? Awake { get; set; }

    public Action<Registration, RemovalReason>? Removed { get; set; }

    public Action<Observation>? Notified { get; set; }

    public void Clear()
    {
        lock (_lock)
            _lines.Clear();
    }

    public void OnRegistered(Registration registration, Registration? replaced)
    {
        Add(replaced is null ? $"registered {registration.Endpoint}" : $"registered {registration.Endpoint} for {replaced.Endpoint}");
        Registered?.Invoke(registration);
    }

    // Most updates change nothing: they are not noted.
    public void OnUpdated(Registration registration, RegistrationChanges changes)
    {
        if (changes != RegistrationChanges.None)
            Add($"updated {registration.Endpoint} {changes}");
    }

    public void OnRemoved(Registration registration, RemovalReason reason)
    {
        Add($"removed {registration.Endpoint} {reason}");
        Removed?.Invoke(registration, reason);
    }

    public void OnNotification(Observation observation, in CoapMessage notification)
    {
        Add($"notified {observation.Path} {notification.Code} {Encoding.UTF8.GetString(notification.Payload)}");
        Notified?.Invoke(observation);
    }

    public void OnObservationEnded(Observation observation) => Add($"ended {observation.Path}");

    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries) =>
        Add(string.Create(CultureInfo.InvariantCulture, $"sent {registration.Endpoint} {string.Join(' ', entries)}"));

    public void OnAwake(Registration registration)
    {
        Add($"awake {registration.Endpoint}");
        Awake?.Invoke(registration);
    }

    public void Commit() => Add("commit");

    private void Add(string line)
    {
        On?.Invoke(line);
        lock (_lock)
        {
            // Endpoints commit whenever they have done something.
            if (line != "commit" || _lines.LastOrDefault() != "commit")
                _lines.Add(line);
        }
    }
}
