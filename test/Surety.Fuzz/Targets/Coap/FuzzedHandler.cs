using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>A resource for everything that an engine can be led into, at paths of one letter.</summary>
internal sealed class FuzzedHandler : CoapRouter, IActsAtOnce
{
    private static readonly byte[] Large = new byte[3000];

    private int _count;

    public FuzzedHandler(TimeProvider time)
    {
        Relations = new ObserveRelations(time, maxRelations: 20);
        Everywhere("/h", (ref request) => request.Respond(CoapCode.Content, ContentFormat.TextPlain, "hello"u8));
        Everywhere("/b", (ref request) => request.Respond(CoapCode.Content, ContentFormat.OctetStream, Large));
        Everywhere("/c", (ref request) => request.Respond(CoapCode.Content, ContentFormat.OctetStream, new Body(this)));
        Everywhere("/d", (ref request) => Deferred.Add(request.Defer()));
        Everywhere("/e", (ref request) =>
        {
            if (request.RequireEcho())
                request.Respond(CoapCode.Changed).Payload(request.Payload[..Math.Min(request.Payload.Length, 100)]);
        });
        Everywhere("/o", (ref request) =>
        {
            var response = new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, Large.AsMemory(0, 10 + (100 * (++_count % 20))));
            if (Relations.Apply(request) is { } relation)
                response.Options.Set(CoapOptionNumber.Observe, relation.NextSequence());
            request.Respond(response);
        });
        Everywhere("/s", (ref request) => request.Respond(CoapCode.Changed)).BodyReceiver = _ => new Receiver(this);
        Everywhere("/t", (ref _) => throw new CoapException(CoapCode.Forbidden, "thrown"));
        Everywhere("/x", (ref request) =>
        {
            Deferred.Add(request.Defer());
            throw new InvalidOperationException("a fault of the handler");
        });
    }

    public ObserveRelations Relations { get; }

    public List<DeferredResponse> Deferred { get; } = [];

    /// <summary>What an engine must not do; it would answer an exception by 5.00, and nobody would see it.</summary>
    public List<string> Faults { get; } = [];

    public bool FailsToCommit { get; set; }

    public override bool OnNotification(in CoapPeer peer, in CoapMessage notification) => notification.Token.Length % 2 == 0;

    public override void OnReset(in CoapPeer peer, ushort messageId) => Relations.OnReset(peer, messageId);

    public override void Commit()
    {
        if (FailsToCommit)
            throw new IOException("not durable");
    }

    private void Check(bool isRight, string fault)
    {
        if (!isRight)
            Faults.Add(fault);
    }

    private CoapResource Everywhere(string path, CoapRequestDelegate handler)
    {
        CoapResource resource = Map(path);
        resource.ETag = () => new byte[] { 1 };
        for (byte method = 1; method <= 7; method++)
            resource.On(new CoapCode(method), handler);
        return resource;
    }

    private sealed class Body(FuzzedHandler handler) : CoapBody
    {
        public override long Length => 2500;

        public override ReadOnlyMemory<byte> ETag => new byte[] { 2 };

        public override void Read(long offset, Span<byte> destination)
        {
            handler.Check(offset >= 0 && offset + destination.Length <= Length, "a block beyond the end of the body");
            destination.Clear();
        }
    }

    private sealed class Receiver(FuzzedHandler handler) : BodyReceiver
    {
        private long _length;
        private bool _isOver;

        public override void Write(long offset, ReadOnlySpan<byte> block)
        {
            handler.Check(!_isOver && _length == offset, "a block out of order");
            _length += block.Length;
            if (_length > 10_000)
                throw new CoapException(CoapCode.RequestEntityTooLarge, "enough");
        }

        public override void Complete(ref IncomingRequest request)
        {
            handler.Check(!_isOver, "a body that ends twice");
            _isOver = true;
            request.Respond(CoapCode.Changed);
        }

        public override void Abort()
        {
            handler.Check(!_isOver, "a body that ends twice");
            _isOver = true;
        }
    }
}
