using System.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace Surety.Coap.Tests.Tcp;

/// <summary>One session of the real engine, fed by hand in simulated time, with what it sends cut into messages.</summary>
internal sealed class TcpSessionHarness : ITcpSessionOwner
{
    public const ulong Number = 7;

    private readonly Queue<(TcpPendingResponse Pending, CoapResponse Response)> _completed = new();
    private readonly List<byte> _sent = [];
    private byte[] _rest = [];

    public TcpSessionHarness(ICoapHandler? handler = null, CoapEndpointOptions? options = null, bool start = true)
    {
        Handler = handler as ScriptedHandler ?? new ScriptedHandler();
        Endpoint = new FakeEndpoint(options ?? CoapEndpointOptions.Default);
        Engine = new CoapTcpEngine(Endpoint, handler ?? Handler, (pending, response) => _completed.Enqueue((pending, response)), NullLogger.Instance, Now);
        Session = new CoapTcpSession(Engine, PeerKey.FromConnection(Number), this);
        if (start)
        {
            Session.Start(Now);
            Settle();
        }
    }

    public ScriptedHandler Handler { get; }

    public FakeEndpoint Endpoint { get; }

    public CoapTcpEngine Engine { get; }

    public CoapTcpSession Session { get; }

    public long Now { get; private set; } = 1000;

    public bool IsReady { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>The peer reads what is sent to it.</summary>
    public bool PeerReads { get; set; } = true;

    /// <summary>Bytes received and not yet taken by the session.</summary>
    public int Untaken => _rest.Length;

    /// <summary>A session that has exchanged CSMs with a peer of these capabilities; what was sent so far is dropped.</summary>
    public static TcpSessionHarness Open(ICoapHandler? handler = null, CoapEndpointOptions? options = null, string csm = "00e1")
    {
        var harness = new TcpSessionHarness(handler, options);
        harness.Receive(csm);
        harness.TakeSent();
        return harness;
    }

    public void Receive(string hex) => Receive(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        _rest = [.. _rest, .. bytes];
        TakeRest();
        Settle();
    }

    public void Send(OutgoingMessage message)
    {
        Session.Send(message, Now);
        Settle();
    }

    public void Do(Action<CoapTcpSession, long> action)
    {
        action(Session, Now);
        Settle();
    }

    /// <summary>Lets time pass, timer by timer.</summary>
    public void Advance(TimeSpan time)
    {
        long end = Now + (long)time.TotalMilliseconds;
        while (Engine.NextTimeout <= end)
        {
            Now = Math.Max(Now, Engine.NextTimeout);
            Engine.HandleTimeout(Now);
            Settle();
        }

        Now = end;
    }

    /// <summary>Completes the responses that were deferred, commits, and lets the output go as far as the peer reads.</summary>
    public void Settle()
    {
        do
        {
            while (_completed.TryDequeue(out (TcpPendingResponse Pending, CoapResponse Response) completed))
                completed.Pending.Session.Complete(completed.Pending, completed.Response, Now);
            Engine.Commit(Now);
            if (PeerReads)
                TakeRest();
        }
        while (_completed.Count > 0);
        Engine.Commit(Now);
    }

    /// <summary>The messages sent since the last call, as text: <c>2.05 7f [12:0] "hello"</c>.</summary>
    public List<string> TakeSent()
    {
        List<string> messages = [];
        ReadOnlySpan<byte> bytes = TakeSentBytes();
        while (CoapTcpFrame.TryRead(bytes, int.MaxValue, CoapToken.MaxExtendedLength, out int length, out CoapMessage message) == CoapTcpFrameStatus.Message)
        {
            messages.Add(Describe(message));
            bytes = bytes[length..];
        }

        Assert.True(bytes.IsEmpty, "What was sent does not end with a whole message.");
        return messages;
    }

    public byte[] TakeSentBytes()
    {
        byte[] bytes = [.. _sent];
        _sent.Clear();
        return bytes;
    }

    public static string Describe(in CoapMessage message)
    {
        string text = message.Code.ToString();
        if (!message.Token.IsEmpty)
            text += " " + Convert.ToHexStringLower(message.Token);
        foreach (CoapOption option in message.Options)
            text += $" [{(int)option.Number}:{Convert.ToHexStringLower(option.Value)}]";
        if (message.Payload.Length > 200)
            text += $" ({message.Payload.Length} bytes)";
        else if (!message.Payload.IsEmpty)
            text += $" \"{System.Text.Encoding.UTF8.GetString(message.Payload)}\"";
        return text;
    }

    /// <summary>A message as it goes over the wire.</summary>
    public static byte[] Message(CoapCode code, string token, Action<CoapOptions>? options = null, ReadOnlySpan<byte> payload = default)
    {
        byte[] tokenBytes = Convert.FromHexString(token);
        var all = new CoapOptions();
        options?.Invoke(all);
        byte[] buffer = new byte[payload.Length + 4000];
        int start = CoapTcpFrame.MaxHeaderLength(tokenBytes.Length);
        var writer = new CoapMessageWriter(buffer, start);
        all.WriteTo(ref writer);
        writer.Payload(payload);
        int end = writer.Finish();
        Assert.False(writer.Overflowed);
        return buffer[CoapTcpFrame.WriteHeader(buffer, start, end - start, code, tokenBytes)..end];
    }

    public static byte[] Get(string token, string path) => Message(CoapCode.Get, token, options => CoapUri.AddPathAndQuery(path, options));

    void ITcpSessionOwner.Flush()
    {
        while (PeerReads && Session.Output.TryPeek(out ReadOnlyMemory<byte> bytes))
        {
            _sent.AddRange(bytes.Span);
            Session.OnSent(bytes.Length, Now);
        }
    }

    void ITcpSessionOwner.OnReady() => IsReady = true;

    void ITcpSessionOwner.OnEnded(string reason)
    {
        Assert.Null(EndReason);
        EndReason = reason;
    }

    private void TakeRest()
    {
        while (_rest.Length > 0)
        {
            int taken = Session.Receive(_rest, Now);
            _rest = _rest[taken..];
            Engine.Commit(Now);
            if (taken == 0 || !PeerReads)
                return;
        }
    }

    internal sealed class FakeEndpoint(CoapEndpointOptions options) : CoapEndpoint("coap+tcp", options)
    {
        public override IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 5683);

        public override PeerIdentity GetIdentity(in PeerKey peer) => PeerIdentity.None;

        public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => null;

        public override bool IsReachable(in PeerKey peer) => true;

        public override void Send(in PeerKey peer, OutgoingMessage message) => throw new NotSupportedException();

        public override void Cancel(OutgoingMessage message) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        internal override int GetInlineBody(in PeerKey peer) => throw new NotSupportedException();

        internal override int GetSizeExponent(in PeerKey peer) => throw new NotSupportedException();
    }
}
