using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>Knows what is observed of devices from their registration on, and tells <see cref="SubscriptionService.SetInitial"/>.</summary>
internal interface IInitialObservations
{
    /// <summary>Decides for the devices that were registered before the restart; before devices are served.</summary>
    Task LoadAsync(Lwm2mServer server, CancellationToken cancellationToken);

    /// <summary>Decides for a device that has registered. On the endpoint's thread: what takes longer is done later.</summary>
    void OnRegistered(Registration registration);
}
