using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>Resources with bodies: <c>u</c> gets them whole, <c>s</c> piece by piece, <c>g</c> has one that changes.</summary>
internal sealed class BlockwiseHandler : ICoapHandler, IActsAtOnce
{
    public byte[]? Received { get; set; }

    public int Version { get; set; } = 1;

    public int OpenReceivers { get; private set; }

    public List<string> Faults { get; } = [];

    /// <summary>The length of a version of <c>g</c>, bytes.</summary>
    public static int LengthOf(int version) => version * 997 % 3000;

    public void OnRequest(ref IncomingRequest request)
    {
        if (request.PathIs("g"u8))
        {
            var response = new CoapResponse(CoapCode.Content) { Payload = CoapBlockwiseTarget.Content(Version, 0, LengthOf(Version)) };
            response.Options.Add(CoapOptionNumber.ETag, (uint)Version);
            request.Respond(response);
            return;
        }

        Received = request.Payload.ToArray();
        request.Respond(CoapCode.Changed);
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    public BodyReceiver? OpenBody(ref IncomingRequest request)
    {
        if (!request.PathIs("s"u8))
            return null;
        OpenReceivers++;
        return new Receiver(this);
    }

    private sealed class Receiver(BlockwiseHandler handler) : BodyReceiver
    {
        private readonly List<byte> _bytes = [];
        private bool _isOver;

        public override void Write(long offset, ReadOnlySpan<byte> block)
        {
            if (_isOver || offset != _bytes.Count)
                handler.Faults.Add($"a block at {offset} instead of {_bytes.Count}");
            _bytes.AddRange(block);
        }

        public override void Complete(ref IncomingRequest request)
        {
            End();
            handler.Received = [.. _bytes];
            request.Respond(CoapCode.Changed);
        }

        public override void Abort() => End();

        private void End()
        {
            if (_isOver)
                handler.Faults.Add("a body that ends twice");
            _isOver = true;
            handler.OpenReceivers--;
        }
    }
}
