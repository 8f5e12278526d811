using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// What devices do, told before they get their answer, on the endpoints' threads: the calls must be quick and must not block. What must
/// not be lost is made durable in <see cref="Commit"/>.
/// </summary>
public interface IDeviceEvents
{
    /// <summary>A device has registered.</summary>
    /// <param name="registration">The new registration.</param>
    /// <param name="replaced">The one it takes the place of, ended with <see cref="RemovalReason.Replaced"/>.</param>
    void OnRegistered(Registration registration, Registration? replaced);

    /// <summary>A device has updated its registration.</summary>
    void OnUpdated(Registration registration, RegistrationChanges changes);

    /// <summary>A registration has ended otherwise than by a new one.</summary>
    void OnRemoved(Registration registration, RemovalReason reason);

    /// <summary>A device has reported a new state of something observed.</summary>
    void OnNotification(Observation observation, in CoapMessage notification);

    /// <summary>An observation has ended: by an error from the device, by our side, or with its registration.</summary>
    void OnObservationEnded(Observation observation);

    /// <summary>A device has sent values by itself (Send, LwM2M Core 6.4.6).</summary>
    void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries);

    /// <summary>A device was heard from, and can be reached now if it sleeps at other times.</summary>
    void OnAwake(Registration registration);

    /// <summary>The devices that spoke since the last call are about to be answered. When this throws, they are not.</summary>
    void Commit();
}
