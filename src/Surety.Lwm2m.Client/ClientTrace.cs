using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>A request that was served, or one of ours that ended.</summary>
/// <param name="Session">The server; null: the bootstrap server.</param>
/// <param name="IsIncoming">The server asked.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and queries, <c>/rd?ep=x&amp;lt=60</c>.</param>
/// <param name="ContentFormat">The format of the request's payload.</param>
/// <param name="Payload">The request's payload.</param>
/// <param name="Response">The code of the response; 0.00 when there was none.</param>
public readonly record struct ClientTrace(
    ServerSession? Session, bool IsIncoming, CoapCode Method, string Target, ContentFormat? ContentFormat, ReadOnlyMemory<byte> Payload, CoapCode Response);
