using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>Opens ways to servers. Called under the client's lock: what takes time goes into the task.</summary>
public interface IServerConnector
{
    /// <summary>Connects to a server.</summary>
    /// <param name="server">Where it is.</param>
    /// <param name="client">Is given what the server sends, from before the task ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The server.</returns>
    /// <exception cref="Exception">There is no way; the message says why. It is tried again later.</exception>
    ValueTask<CoapPeer> ConnectAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken);

    /// <summary>Connects to the server of an account, with the credentials of that account. The default knows no credentials.</summary>
    /// <inheritdoc cref="ConnectAsync(CoapUri, ICoapHandler, CancellationToken)"/>
    ValueTask<CoapPeer> ConnectAsync(SecurityInstance account, CoapUri server, ICoapHandler client, CancellationToken cancellationToken) =>
        ConnectAsync(server, client, cancellationToken);

    /// <summary>Says why there will never be a way to a server with the credentials of an account; null: there may be one.</summary>
    string? FindProblem(CoapUri server, AccountSecurity security) => null;

    /// <summary>The client needs the way no more, or believes it broken. Closing twice does nothing.</summary>
    void Close(CoapPeer peer);
}
