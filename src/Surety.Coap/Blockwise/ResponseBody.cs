namespace Surety.Coap;

/// <summary>A response that a client is fetching block by block; kept so that all blocks are of one version (RFC 7959, 2.4).</summary>
internal sealed class ResponseBody(CoapResponse response) : Transfer
{
    /// <summary>The whole response, with an ETag.</summary>
    public CoapResponse Response => response;

    public override long Bytes => response.Payload.Length;
}
