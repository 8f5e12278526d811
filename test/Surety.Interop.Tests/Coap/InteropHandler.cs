using System.Buffers.Binary;
using System.Text;
using Surety.Coap;

namespace Surety.Interop.Tests.Coap;

/// <summary>
/// <c>/hello</c>: a text; <c>/large</c>: 1 MiB; <c>/store</c>: keeps what is put or posted, gives it back with an entity-tag, forgets it when
/// deleted; <c>/whoami</c>: what the client has proven; <c>/count</c>: observable, counts each time it is told to; <c>/log</c>: the same, with
/// 3,000 bytes behind the number; <c>/later</c>: answers when it is told to; <c>/query</c>: returns the body and query of a FETCH.
/// </summary>
internal sealed class InteropHandler : CoapRouter
{
    public const int LargeLength = 1024 * 1024;

    private readonly ObserveRelations _observers = new();
    private readonly TaskCompletionSource _permission = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _stored = [];
    private int _version;
    private int _count;
    private int _closed;

    public InteropHandler()
    {
        Map("/hello").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content, ContentFormat.TextPlain, "hello from Surety"u8)).LinkAttributes = "rt=\"greeting\";ct=0";
        Map("/large").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content, ContentFormat.OctetStream, Large)).LinkAttributes = "sz=1048576;ct=42";
        Map("/whoami").On(CoapCode.Get, (ref request) =>
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(request.Peer.Identity.ToString()!)));
        Map("/count").On(CoapCode.Get, (ref request) => Observed(ref request)).LinkAttributes = "rt=\"counter\";obs";
        Map("/log").On(CoapCode.Get, (ref request) => Observed(ref request)).LinkAttributes = "rt=\"counter log\";obs";
        Map("/query").On(CoapCode.Fetch, (ref request) =>
        {
            var text = new StringBuilder(Encoding.UTF8.GetString(request.Payload));
            foreach (ReadOnlySpan<byte> query in request.Query)
                text.Append('|').Append(Encoding.UTF8.GetString(query));
            request.Respond(CoapCode.Content, request.ContentFormat ?? ContentFormat.TextPlain, Encoding.UTF8.GetBytes(text.ToString()));
        });
        Map("/later").On(CoapCode.Get, async _ =>
        {
            await _permission.Task;
            return new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, "at last"u8.ToArray());
        });
        MapStore();
    }

    public static byte[] Large { get; } = MakeBody(LargeLength);

    public byte[] Stored => Volatile.Read(ref _stored);

    /// <summary>Connections that have ended.</summary>
    public int Closed => Volatile.Read(ref _closed);

    public int Observers => _observers.Count;

    /// <summary>Notifications want an acknowledgement.</summary>
    public bool IsConfirmable { get; set; }

    public static byte[] MakeBody(int length)
    {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++)
            body[i] = (byte)((i * 131) ^ (i >> 7) ^ (i >> 15));
        return body;
    }

    public void Increment()
    {
        Interlocked.Increment(ref _count);
        foreach (ObserveRelation relation in _observers.All)
            relation.Notify(Describe(relation.Request.Path), IsConfirmable);
    }

    /// <summary>Lets <c>/later</c> answer.</summary>
    public void Permit() => _permission.SetResult();

    public override void OnReset(in CoapPeer peer, ushort messageId) => _observers.OnReset(peer, messageId);

    public override void OnPeerClosed(in CoapPeer peer)
    {
        _observers.OnPeerClosed(peer);
        Interlocked.Increment(ref _closed);
    }

    private void MapStore()
    {
        CoapResource store = Map("/store");
        store.ETag = () =>
        {
            byte[] tag = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(tag, _version);
            return tag;
        };
        store.On(CoapCode.Get, (ref request) =>
        {
            if (Stored.Length == 0)
            {
                request.RespondError(CoapCode.NotFound, "nothing is stored"u8);
                return;
            }

            var response = new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, Stored);
            response.Options.Add(CoapOptionNumber.ETag, store.ETag());
            request.Respond(response);
        });
        store.On(CoapCode.Put, (ref request) => Store(ref request, request.Payload));
        store.On(CoapCode.IPatch, (ref request) => Store(ref request, (byte[])[.. Stored, .. request.Payload]));
        store.On(CoapCode.Post, (ref request) =>
        {
            bool isNew = Stored.Length == 0;
            Change(request.Payload);
            request.Respond(isNew ? CoapCode.Created : CoapCode.Changed).Option(CoapOptionNumber.LocationPath, "store"u8);
        });
        store.On(CoapCode.Delete, (ref request) =>
        {
            Change([]);
            request.Respond(CoapCode.Deleted);
        });
    }

    private void Store(ref IncomingRequest request, scoped ReadOnlySpan<byte> body)
    {
        Change(body);
        request.Respond(CoapCode.Changed);
    }

    private void Change(scoped ReadOnlySpan<byte> body)
    {
        Volatile.Write(ref _stored, body.ToArray());
        _version++;
    }

    private void Observed(ref IncomingRequest request)
    {
        CoapResponse response = Describe(request.PathText);
        if (_observers.Apply(request) is { } relation)
            response.Options.Add(CoapOptionNumber.Observe, relation.NextSequence());
        request.Respond(response);
    }

    private CoapResponse Describe(string path)
    {
        string text = $"count={Volatile.Read(ref _count)}\n";
        return new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, Encoding.ASCII.GetBytes(path == "/log" ? text + new string('.', 3000) + "\n" : text));
    }
}
