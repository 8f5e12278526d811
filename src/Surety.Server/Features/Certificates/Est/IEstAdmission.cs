using Surety.Coap;

namespace Surety.Server.Features.Certificates;

/// <summary>Says which device a proven identity is, where no bootstrap has said it.</summary>
internal interface IEstAdmission
{
    /// <summary>Finds the device.</summary>
    /// <param name="identity">What the client has proven.</param>
    /// <param name="mayBootstrap">A device that has its factory certificate alone is let in as well, as the bootstrap server would.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CoapException">The client is refused; code and message are for it.</exception>
    ValueTask<EstClient> AdmitAsync(PeerIdentity identity, bool mayBootstrap, CancellationToken cancellationToken);
}
