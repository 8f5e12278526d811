using System.Text;
using Surety.Coap;
using Surety.Lwm2m;

namespace Surety.Server.Features.Connect;

/// <summary>A value that came with others in one Send, as a notification of its own: text, or the bytes of an opaque.</summary>
internal static class SentValues
{
    public static (byte[] Payload, ContentFormat Format) Encode(in ResourceValue value) => value.Type == ResourceType.Opaque
        ? (value.AsOpaque().ToArray(), ContentFormat.OctetStream)
        : (Encoding.UTF8.GetBytes(value.ToString()), ContentFormat.TextPlain);
}
