using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// What devices do, told before they get their answer, on the endpoints' threads: the calls must be quick and must not block. What must
/// not be lost is made durable in <see cref="Commit"/>. What happens to one device's registration is told in the order in which it happens.
/// When a call throws, the device gets no acknowledgement, or an error, and will repeat itself.
/// </summary>
public interface IDeviceEvents
{
    /// <summary>A device has registered. It is told that it is awake by <see cref="OnAwake"/>, once its answer goes ahead of what it is then sent.</summary>
    /// <param name="registration">The new registration.</param>
    /// <param name="replaced">The one it takes the place of, by its name or, when the device has another name now, by its device.</param>
    void OnRegistered(Registration registration, Registration? replaced);

    /// <summary>A device has updated its registration.</summary>
    /// <param name="registration">The registration.</param>
    /// <param name="changes">What is different now; mostly nothing.</param>
    void OnUpdated(Registration registration, RegistrationChanges changes);

    /// <summary>
    /// A registration has ended otherwise than by a new one. Should a Register take the place of two, that of its name and that of its device under
    /// another name, then the latter is told of here, ahead of it, with <see cref="RemovalReason.Replaced"/>.
    /// </summary>
    void OnRemoved(Registration registration, RemovalReason reason);

    /// <summary>
    /// A device has reported a new state of something observed, or an error that ends the observation. Should it have to repeat itself, the same is
    /// told once more. What Pelion's client reports by itself is told as well where nobody has asked for it: such an observation has no
    /// <see cref="Observation.Tag"/>.
    /// </summary>
    /// <param name="observation">What is observed.</param>
    /// <param name="notification">The message, with the whole body; valid during the call.</param>
    void OnNotification(Observation observation, in CoapMessage notification);

    /// <summary>An observation has ended: by an error from the device, by our side, or with its registration.</summary>
    void OnObservationEnded(Observation observation);

    /// <summary>A device has sent values by itself (Send, LwM2M Core 6.4.6).</summary>
    /// <param name="registration">The device.</param>
    /// <param name="entries">The values; the list is valid during the call.</param>
    void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries);

    /// <summary>A device was heard from, and can be reached now if it sleeps at other times: it has registered, updated, notified or sent.</summary>
    void OnAwake(Registration registration);

    /// <summary>The devices that spoke since the last call are about to be answered. When this throws, they are not.</summary>
    void Commit();
}
