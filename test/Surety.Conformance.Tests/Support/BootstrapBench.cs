using System.Text;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;

namespace Surety.Conformance.Tests;

/// <summary>The Bootstrap-Server under test beside a server, in simulated time, and one client, written by hand, with the key identity <c>node</c>.</summary>
internal sealed class BootstrapBench : ServerBench, IBootstrapPolicy, IBootstrapEvents
{
    private readonly List<string> _events = [];
    private readonly RawPeer _peer;
    private readonly SimulatedEndpoint _endpoint;

    public BootstrapBench(params BootstrapOperation[] plan)
        : this(new BootstrapPlan(plan))
    {
    }

    public BootstrapBench(BootstrapPlan plan)
    {
        Plan = plan;
        BootstrapServer = new BootstrapServer(new(), this, this, Network.Time);
        _endpoint = Network.Add(BootstrapServer, scheme: "coaps");
        _endpoint.Identify = static _ => new PeerIdentity.PreSharedKey("node"u8.ToArray());
        _peer = Network.AddRaw();
    }

    public BootstrapServer BootstrapServer { get; }

    public BootstrapPlan Plan { get; set; }

    public IReadOnlyList<ResourceEntry>? Pack { get; set; }

    /// <summary>What the operations were answered, one after the other.</summary>
    public List<BootstrapAnswer> Answers { get; } = [];

    /// <summary>Sends a request, and describes the answer.</summary>
    public string Ask(string path = "/bs?ep=node&pct=110", CoapCode? method = null, ContentFormat? accept = null)
    {
        ushort id = _peer.NextMessageId();
        var options = new CoapOptions().Set(CoapOptionNumber.Accept, accept?.Value);
        _peer.Send(_endpoint, new WireMessage(MessageType.Confirmable, method ?? CoapCode.Post, id) { Token = [7], Options = options, Path = path });
        return Wire.Describe(Receive()).Replace("CON ", "", StringComparison.Ordinal);
    }

    /// <summary>A request comes: it must look as expected, and is answered.</summary>
    public void Serve(string expected, CoapCode code, string payload = "", ContentFormat? format = null)
    {
        WireMessage request = Receive();
        Assert.Equal(expected, Wire.Describe(request));
        var answer = new WireMessage(MessageType.Acknowledgement, code, request.MessageId) { Token = request.Token, Payload = Encoding.UTF8.GetBytes(payload) };
        answer.Options.Set(CoapOptionNumber.ContentFormat, format?.Value);
        _peer.Send(_endpoint, answer);
    }

    /// <summary>The bootstrap ends; what was told since the last call.</summary>
    public string[] End()
    {
        Network.RunUntil(() => BootstrapServer.Sessions.Count == 0);
        Run(1);
        string[] events = [.. _events];
        _events.Clear();
        return events;
    }

    public void AssertNothingElse()
    {
        Run(10);
        Assert.Empty(_peer.Received);
    }

    ValueTask<BootstrapDecision> IBootstrapPolicy.DecideAsync(BootstrapRequest request, CancellationToken cancellationToken) => new(BootstrapDecision.Accept(Plan));

    ValueTask<BootstrapPackDecision> IBootstrapPolicy.DecidePackAsync(BootstrapRequest request, CancellationToken cancellationToken) => new(
        Pack is null ? BootstrapPackDecision.Refuse(CoapCode.MethodNotAllowed, "not for this device") : BootstrapPackDecision.Deliver(Pack));

    void IBootstrapEvents.OnRefused(BootstrapRequest request, CoapCode code, string reason) => _events.Add($"refused {code}");

    void IBootstrapEvents.OnStarted(BootstrapSession session) => _events.Add("started");

    void IBootstrapEvents.OnStep(BootstrapSession session, BootstrapAnswer answer) => Answers.Add(answer);

    void IBootstrapEvents.OnFinished(BootstrapSession session) => _events.Add("finished");

    void IBootstrapEvents.OnFailed(BootstrapSession session) => _events.Add($"failed: {session.Failure}");

    void IBootstrapEvents.OnPackSent(BootstrapRequest request, IReadOnlyList<ResourceEntry> entries) => _events.Add("pack sent");

    public override void Dispose()
    {
        BootstrapServer.Dispose();
        base.Dispose();
    }

    private WireMessage Receive()
    {
        WireMessage message;
        do
            message = _peer.Receive();
        while (message.Code.IsEmpty);
        if (message.Type == MessageType.Confirmable && !message.Code.IsRequest)
            _peer.Send(_endpoint, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, message.MessageId));
        return message;
    }
}
