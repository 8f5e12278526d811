using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>Decides which device a registering client is.</summary>
public interface IDeviceAdmission
{
    /// <summary>Decides whether the peer may use an endpoint name, and whose device it then is. Called on endpoints' threads: quick, from memory.</summary>
    /// <param name="peer">The client, and what it has proven.</param>
    /// <param name="endpoint">The name it gave; null when it gave none.</param>
    Admission Admit(in CoapPeer peer, string? endpoint);

    /// <summary>Finds or makes the device. Only asked for devices that are not registered yet.</summary>
    /// <param name="admission">What <see cref="Admit"/> decided.</param>
    /// <param name="parameters">The parameters of the registration.</param>
    /// <returns>The device; or a refusal.</returns>
    ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters);
}
