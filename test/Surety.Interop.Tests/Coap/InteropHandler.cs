using System.Text;
using Surety.Coap;

namespace Surety.Interop.Tests.Coap;

/// <summary>
/// <c>/hello</c>: a text; <c>/large</c>: 1 MiB; <c>/store</c>: keeps what is put and gives it back; <c>/whoami</c>: what the client has
/// proven; <c>/count</c>: observable, counts each time it is told to.
/// </summary>
internal sealed class InteropHandler : ICoapHandler
{
    public const int LargeLength = 1024 * 1024;

    private readonly ObserveRelations _observers = new();
    private byte[] _stored = [];
    private int _count;
    private int _closed;

    public static byte[] Large { get; } = MakeBody(LargeLength);

    public byte[] Stored => Volatile.Read(ref _stored);

    /// <summary>Connections that have ended.</summary>
    public int Closed => Volatile.Read(ref _closed);

    public int Observers => _observers.Count;

    public static byte[] MakeBody(int length)
    {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++)
            body[i] = (byte)((i * 131) ^ (i >> 7) ^ (i >> 15));
        return body;
    }

    public void Increment()
    {
        int count = Interlocked.Increment(ref _count);
        foreach (ObserveRelation relation in _observers.All)
            relation.Notify(new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, Encoding.ASCII.GetBytes($"count={count}\n")), confirmable: false);
    }

    public void OnRequest(ref IncomingRequest request)
    {
        if (request.PathIs("hello"u8))
        {
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, "hello from Surety"u8);
        }
        else if (request.PathIs("large"u8))
        {
            request.Respond(CoapCode.Content, ContentFormat.OctetStream, Large);
        }
        else if (request.PathIs("whoami"u8))
        {
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(request.Peer.Identity.ToString()!));
        }
        else if (request.PathIs("store"u8) && request.Method == CoapCode.Put)
        {
            Volatile.Write(ref _stored, request.Payload.ToArray());
            request.Respond(CoapCode.Changed);
        }
        else if (request.PathIs("store"u8))
        {
            request.Respond(CoapCode.Content, ContentFormat.OctetStream, Stored);
        }
        else if (request.PathIs("count"u8))
        {
            ObserveRelation? relation = _observers.Apply(request);
            ref CoapMessageWriter response = ref request.Respond(CoapCode.Content);
            if (relation is not null)
                response.Option(CoapOptionNumber.Observe, relation.NextSequence());
            response.ContentFormat(ContentFormat.TextPlain);
            response.Payload(Encoding.ASCII.GetBytes($"count={_count}\n"));
        }
        else
        {
            request.RespondError(CoapCode.NotFound, "no such resource"u8);
        }
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    public void OnPeerClosed(in CoapPeer peer)
    {
        _observers.OnPeerClosed(peer);
        Interlocked.Increment(ref _closed);
    }
}
