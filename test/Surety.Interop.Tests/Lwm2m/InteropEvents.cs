using System.Collections.Concurrent;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Interop.Tests.Lwm2m;

/// <summary>Writes down what it is told, a line each.</summary>
internal sealed class InteropEvents : IDeviceEvents
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string[] Lines => [.. _lines];

    public Task WaitForAsync(string line) => Eventually.IsTrueAsync(() => _lines.Contains(line), () => $"'{line}' was not told, but:\n{string.Join('\n', _lines)}");

    public void OnRegistered(Registration registration, Registration? replaced) =>
        _lines.Enqueue(replaced is null ? $"registered {registration.Endpoint}" : $"registered {registration.Endpoint} again");

    public void OnUpdated(Registration registration, RegistrationChanges changes) => _lines.Enqueue($"updated {registration.Endpoint} {changes}");

    public void OnRemoved(Registration registration, RemovalReason reason) => _lines.Enqueue($"removed {registration.Endpoint} {reason}");

    public void OnNotification(Observation observation, in CoapMessage notification) =>
        _lines.Enqueue($"notified {observation.Path} {notification.Code} {Encoding.UTF8.GetString(notification.Payload)}");

    public void OnObservationEnded(Observation observation) => _lines.Enqueue($"ended {observation.Path}");

    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries) => _lines.Enqueue($"sent {registration.Endpoint} {string.Join(' ', entries)}");

    public void OnAwake(Registration registration)
    {
    }

    public void Commit()
    {
    }
}
