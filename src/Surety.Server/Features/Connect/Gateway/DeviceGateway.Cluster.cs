using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Certificates;

namespace Surety.Server.Features.Connect;

/// <summary>What other nodes have changed. In a platform of one node nothing of this happens.</summary>
internal sealed partial class DeviceGateway
{
    private const string ApplicationTopic = "application-deleted";
    private const string WithdrawnTopic = "device-withdrawn";
    private const int Batch = 500;

    /// <summary>Registrations that were kept over a restart, of devices that have registered at other nodes meanwhile.</summary>
    private async Task DropMovedAsync()
    {
        if (!_locations.IsClustered)
            return;
        foreach (var device in await _locations.FindElsewhereAsync([.. Server.Registrations.ToArray().Select(r => r.Device.ToEntityId())]))
            OnMoved(device, long.MaxValue);
    }

    private void OnMoved(EntityId device, long until)
    {
        // It may have come back since.
        if (!Server.Registrations.TryGet(device.ToDeviceId(), out var registration) || registration.RegisteredAt.ToUnixTimeMilliseconds() > until)
            return;
        Server.Drop(registration);
        Queue.Interrupt(registration.Device);
        Moved?.Invoke(device);
    }

    private void OnApplicationDeleted(EntityId application)
    {
        _subscriptions.RemoveApplication(application);
        _notices.Publish(ApplicationTopic, application.ToString());
    }

    private async Task OnApplicationDeletedElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var application))
        {
            _subscriptions.RemoveApplication(application);
            return;
        }

        await using var db = _databases.OpenForPlatform();
        foreach (var known in _subscriptions.Applications.Chunk(Batch))
        {
            var there = await db.AllAccounts<Subject>().Where(subject => known.Contains(subject.Id)).Select(subject => subject.Id).ToListAsync();
            foreach (var gone in known.Except(there))
                _subscriptions.RemoveApplication(gone);
        }
    }

    private async Task OnWithdrawnElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var withdrawn))
        {
            Revoke(withdrawn);
            return;
        }

        await using var db = _databases.OpenForPlatform();
        foreach (var registered in Server.Registrations.ToArray().Select(r => r.Device.ToEntityId()).Chunk(Batch))
        {
            var welcome = await db.AllAccounts<Directory.Device>().Where(device => registered.Contains(device.Id) && !device.OperatorSuspended && !device.SystemSuspended)
                .Select(device => device.Id).ToListAsync();
            foreach (var device in registered.Except(welcome))
                Revoke(device);
        }
    }

    private void OnHeard(IssuedCertificateRecord record)
    {
        if (record.Status == IssuedCertificateStatus.Revoked)
            Revoke(record.DeviceId);
    }
}
