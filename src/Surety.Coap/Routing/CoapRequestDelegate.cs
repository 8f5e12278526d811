namespace Surety.Coap;

/// <summary>Answers a request, or defers the answer; called on an endpoint's thread, must not block.</summary>
/// <exception cref="CoapException">Becomes the response.</exception>
public delegate void CoapRequestDelegate(ref IncomingRequest request);
