using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>Whose requests they are.</summary>
internal interface IExchangeOwner
{
    /// <summary>The client's lock.</summary>
    Lock Gate { get; }

    /// <summary>An exchange has ended; called before what it was for goes on.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="code">The code of the response; 0.00 when there was none.</param>
    void OnExchangeOver(ClientExchange exchange, CoapCode code);
}
