using Surety.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// A session over a reliable transport with resources of every kind. The input is a script: bytes of the peer, messages that are framed
/// rightly whatever is in them, answers to our requests, requests and signals of ours, completions, failed commits, a peer that does not
/// read, and time that passes. What leaves must be well formed, memory bounded, and every message of ours must come to one end.
/// </summary>
internal sealed class CoapTcpSessionTarget : FuzzTarget
{
    private const int MaxSteps = 200;

    public override string Name => "coap-tcp-session";

    public override long MaxAllocation => 64 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "00e1", "70e12310040020", "00e2", "10e220", "00e3", "00e4", "00e5", "0300e1", "b162", "b16f", "b164", "b173", "60", "c106", "d10a0f", "d10a1f", "d10e0f", "d10e17", "2140", "22048020" }.Select(Convert.FromHexString)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        var session = new FuzzedSession();
        List<FuzzedRequest> requests = [];
        for (int step = 0; step < MaxSteps && !input.IsEmpty; step++)
        {
            Step(session, requests, ref input);
            Assert.InRange(session.Session.Output.Length, 0, 50_000);
            Assert.InRange(session.Engine.ReceiveMemory, 0, 60_000);
            features.Add(0, ((int)session.Session.State << 8) | (session.Session.IsStalled ? 1 : 0) | (session.Session.SizeExponent << 4));
            features.AddAmount(1, session.Engine.ExchangesInUse);
            features.AddAmount(2, session.Engine.WaitingCount);
        }

        Finish(session, requests, features);
    }

    private static void Step(FuzzedSession session, List<FuzzedRequest> requests, ref ReadOnlySpan<byte> input)
    {
        int operation = Take(ref input);
        switch (operation & 7)
        {
            case 0:
                session.Receive(TakeMany(ref input));
                break;
            case 1 or 2:
                byte code = (byte)Take(ref input);
                session.Receive(Frame(new CoapCode(code), new byte[operation >> 3 & 15], TakeMany(ref input)));
                break;
            case 3:
                Answer(session, operation, TakeMany(ref input));
                break;
            case 4:
                int seconds = Take(ref input);
                session.Advance(TimeSpan.FromMilliseconds(seconds < 128 ? seconds * 50 : (seconds - 128) * 5000));
                break;
            case 5:
                Send(session, requests, operation);
                break;
            case 6:
                if (session.Handler.Deferred.Count > 0)
                    session.Handler.Deferred[Take(ref input) % session.Handler.Deferred.Count].Complete(new CoapResponse(CoapCode.Content) { Payload = new byte[(operation & 8) != 0 ? 3000 : 5] });
                session.Settle();
                break;
            default:
                Change(session, operation);
                break;
        }
    }

    private static void Change(FuzzedSession session, int operation)
    {
        switch (operation >> 3 & 3)
        {
            case 0:
                session.Handler.FailsToCommit = (operation & 0x20) != 0;
                break;
            case 1:
                session.PeerReads = (operation & 0x20) == 0;
                session.Flush();
                session.Settle();
                break;
            case 2:
                session.Do((s, now) => s.Release(new ConnectionRelease { HoldOff = TimeSpan.FromSeconds(5), Diagnostic = "maintenance" }, now));
                break;
            default:
                foreach (ObserveRelation relation in session.Handler.Relations.All)
                    relation.Notify(new CoapResponse(CoapCode.Content) { Payload = new byte[50] }, confirmable: false);
                session.Settle();
                break;
        }
    }

    private static void Send(FuzzedSession session, List<FuzzedRequest> requests, int operation)
    {
        var request = new FuzzedRequest((operation >> 3 & 3) switch { 0 => CoapCode.Ping, _ => CoapCode.Get });
        requests.Add(request);
        session.Do((s, now) => s.Send(request, now));
        if ((operation & 0x20) == 0 || request.Exchange is not TcpExchange exchange)
            return;
        session.Do((s, now) => s.Cancel(exchange, now));
        request.IsOver = true;
    }

    /// <summary>Responds to what was sent last.</summary>
    private static void Answer(FuzzedSession session, int operation, byte[] body)
    {
        byte[]? token = null;
        ReadOnlySpan<byte> sent = session.Sent;
        while (CoapTcpFrame.TryRead(sent, int.MaxValue, CoapToken.MaxExtendedLength, out int length, out CoapMessage message) == CoapTcpFrameStatus.Message)
        {
            if (message.Code.IsRequest || message.Code == CoapCode.Ping)
                token = message.Token.ToArray();
            sent = sent[length..];
        }

        if (token is not null)
            session.Receive(Frame((operation & 8) != 0 ? CoapCode.Pong : CoapCode.Content, token, body));
    }

    private static byte[] Frame(CoapCode code, byte[] token, byte[] body)
    {
        int start = CoapTcpFrame.MaxHeaderLength(token.Length);
        byte[] buffer = new byte[start + body.Length];
        body.CopyTo(buffer, start);
        return buffer[CoapTcpFrame.WriteHeader(buffer, start, body.Length, code, token)..];
    }

    private static void Finish(FuzzedSession session, List<FuzzedRequest> requests, FeatureSet features)
    {
        session.Handler.FailsToCommit = false;
        session.PeerReads = true;
        session.Flush();
        session.Settle();
        bool wasOpen = session.EndReason is null;
        session.Do((s, now) => s.OnTransportClosed("the connection was closed", now));
        if (wasOpen)
            Assert.Equal(0, session.Blocked);
        CheckSent(session, features);
        Assert.Equal((0, 0), (session.Engine.ExchangesInUse, session.Engine.WaitingCount));
        Assert.Equal(0, session.Engine.ReceiveMemory);
        Assert.All(requests, request => Assert.True(request.IsOver));
        Assert.Empty(session.Log.Faults);
        Assert.Empty(session.Handler.Faults);
        features.AddText(3, session.EndReason);
        features.AddAmount(4, (int)session.Engine.Statistics.Strays);
        features.AddAmount(5, (int)session.Engine.Statistics.FailedCommits);
    }

    /// <summary>Whole messages, first a CSM, and an Abort only at the end (RFC 8323, 3.3, 5.6).</summary>
    private static void CheckSent(FuzzedSession session, FeatureSet features)
    {
        ReadOnlySpan<byte> sent = session.Sent;
        int count = 0;
        while (!sent.IsEmpty)
        {
            Assert.Equal(CoapTcpFrameStatus.Message, CoapTcpFrame.TryRead(sent, int.MaxValue, CoapToken.MaxExtendedLength, out int length, out CoapMessage message));
            Assert.Equal(count++ == 0, message.Code == CoapCode.Csm);
            sent = sent[length..];
            Assert.True(message.Code != CoapCode.Abort || sent.IsEmpty);
            int options = 0;
            foreach (CoapOption option in message.Options)
                options |= 1 << ((int)option.Number % 24);
            features.Add(6, message.Code.Value);
            features.Add(7, (options << 8) | message.Code.Value);
        }
    }
}
