using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What happens at a <see cref="BootstrapServer"/>; of one session, in order, from any thread. What is thrown is logged, and changes nothing.</summary>
public interface IBootstrapEvents
{
    /// <summary>A device was refused.</summary>
    void OnRefused(BootstrapRequest request, CoapCode code, string reason);

    /// <summary>A device is being bootstrapped; it has its 2.04.</summary>
    void OnStarted(BootstrapSession session);

    /// <summary>The device has answered an operation.</summary>
    void OnStep(BootstrapSession session, BootstrapAnswer answer);

    /// <summary>The device has acknowledged the Finish.</summary>
    void OnFinished(BootstrapSession session);

    /// <summary>The bootstrap came to nothing: <see cref="BootstrapSession.Failure"/> says why.</summary>
    void OnFailed(BootstrapSession session);

    /// <summary>A device is sent a pack. Whether it can use it is not told; when not, it sends a Bootstrap-Request.</summary>
    void OnPackSent(BootstrapRequest request, IReadOnlyList<ResourceEntry> entries);
}
