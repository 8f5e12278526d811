using System.Globalization;
using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>
/// A client's dealings with its bootstrap server (LwM2M Core 6.1). What the server writes is a draft until Bootstrap-Finish has found it
/// consistent and it is stored: a bootstrap that fails, at whatever point, changes nothing. Properties may be read from any thread.
/// </summary>
public sealed partial class BootstrapSession : IExchangeOwner
{
    // A Finish whose answer was lost is repeated; afterwards nobody needs the connection.
    private static readonly TimeSpan Linger = TransmissionParameters.Default.MaxTransmitSpan;

    // A bootstrap that a server has ordered is not tried for ever when the client is registered and well.
    private const int MaxOrderedAttempts = 5;

    private readonly Lwm2mClient _client;
    private readonly ILogger _logger;
    private BootstrapDraft? _draft;
    private ClientExchange? _exchange;
    private string[] _finishQueries = [];
    private long _due = long.MaxValue;
    private int _connecting;
    private int _attempt;
    private bool _isOrdered;
    private bool _isPackRefused;

    internal BootstrapSession(Lwm2mClient client, ILogger logger)
    {
        _client = client;
        _logger = logger;
    }

    /// <summary>The bootstrap server; null: the client has no account there.</summary>
    public CoapUri? Uri => Account?.Uri;

    /// <summary>How far the bootstrap is.</summary>
    public BootstrapState State { get; private set; }

    /// <summary>What went wrong last; null when nothing did since the last success.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>The code with which the bootstrap server refused the last request; 0.00 when it did not.</summary>
    public CoapCode LastRefusal { get; private set; }

    /// <summary>When the bootstrap finished last; null: never, as far as is known.</summary>
    public DateTimeOffset? LastBootstrapped { get; internal set; }

    /// <summary>The instance of the Security Object; null when there is none.</summary>
    internal SecurityInstance? Account { get; set; }

    /// <summary>The account is the one that the device brought along.</summary>
    internal bool IsFactoryAccount { get; set; }

    internal CoapPeer? Peer { get; private set; }

    internal long NextDue => _due;

    Lock IExchangeOwner.Gate => Gate;

    private Lock Gate => _client.Objects.Gate;

    private long Now => _client.Now;

    private bool IsUnderWay => State is BootstrapState.Connecting or BootstrapState.Requesting or BootstrapState.Configuring or BootstrapState.Storing or BootstrapState.Enrolling;

    /// <inheritdoc/>
    public override string ToString() => $"bootstrap {Uri} {State}";

    void IExchangeOwner.OnExchangeOver(ClientExchange exchange, CoapCode code)
    {
        if (_exchange == exchange)
            _exchange = null;
        _client.Trace(null, isIncoming: false, exchange.Request, code);
    }

    /// <summary>The client needs servers: a bootstrap follows, unless a server that begins by itself makes it needless (Core 6.1.4). Under the lock.</summary>
    internal void Request(string reason)
    {
        if (Account is not { } account || IsUnderWay || State is BootstrapState.HoldingOff or BootstrapState.Retrying)
            return;
        _isOrdered = false;
        Say(BootstrapState.HoldingOff, account.HoldOff == 0 ? $"{reason}: bootstrapping" : string.Create(CultureInfo.InvariantCulture, $"{reason}: bootstrapping in {account.HoldOff} s"));
        ActAt(Now + (account.HoldOff * 1000L));
    }

    /// <summary>A server has ordered a bootstrap (resource 9 of the Server Object), or the application. Under the lock.</summary>
    internal void Order(string reason, TimeSpan delay = default)
    {
        if (Account is null || IsUnderWay)
            return;
        _isOrdered = true;
        _attempt = 0;
        Say(BootstrapState.HoldingOff, $"{reason}: bootstrapping");
        ActAt(Now + (long)delay.TotalMilliseconds);
    }

    /// <summary>The client has a server: a bootstrap that has not begun is not needed any more. Under the lock.</summary>
    internal void OnServerRegistered()
    {
        if (!_isOrdered && State is BootstrapState.HoldingOff or BootstrapState.Retrying)
        {
            _attempt = 0;
            _due = long.MaxValue;
            Say(BootstrapState.Idle, "a server has the client: no bootstrap is needed");
        }
    }

    /// <summary>Ends, without a word. Under the lock.</summary>
    internal void Stop()
    {
        _due = long.MaxValue;
        Abandon();
        State = BootstrapState.Idle;
    }

    internal void OnTimer(long now)
    {
        if (_due > now)
            return;
        _due = long.MaxValue;
        switch (State)
        {
            case BootstrapState.HoldingOff:
            case BootstrapState.Retrying:
                Connect();
                break;
            case BootstrapState.Configuring:
                // Core 6.1.3.3, step 2.
                Fail("no Bootstrap-Finish came within EXCHANGE_LIFETIME of the bootstrap server's last request", leastDelay: null);
                break;
            case BootstrapState.Finished:
                CloseConnection();
                break;
        }
    }

    /// <summary>The way to the bootstrap server is broken. Under the lock.</summary>
    internal void OnConnectionLost(string reason)
    {
        if (Peer is null)
            return;
        // What is being stored is complete without the server.
        if (State is BootstrapState.Requesting or BootstrapState.Configuring)
            Fail(reason, leastDelay: null);
        else if (State != BootstrapState.Enrolling)
            Peer = null;
    }

    private void Connect()
    {
        if (Account is not { Uri: { } uri } account)
            return;
        CloseConnection();
        SetState(BootstrapState.Connecting);
        int attempt = ++_connecting;
        _client.Connect(account, uri, () => attempt == _connecting && State == BootstrapState.Connecting, OnConnected, reason => Fail(reason, leastDelay: null));
    }

    private void OnConnected(CoapPeer peer)
    {
        Peer = peer;
        _draft = new BootstrapDraft(_client.Objects, Account!.Id);
        if (_client.Options is { Bootstrap.RequestsPack: true, Version: Lwm2mVersion.V12 } && !_isPackRefused)
            SendPackRequest();
        else
            SendRequest(namesFormat: _client.Options.Version > Lwm2mVersion.V10);
    }

    /// <summary>Core 6.1.7.1; <c>pct</c> came with LwM2M 1.1.</summary>
    private void SendRequest(bool namesFormat)
    {
        Say(BootstrapState.Requesting, "sending the Bootstrap-Request");
        List<string> queries = Queries();
        if (namesFormat)
            queries.Add(string.Create(CultureInfo.InvariantCulture, $"pct={PreferredFormat.Value}"));
        Exchange(MakeRequest(CoapCode.Post, "bs", queries), response =>
        {
            if (response.Code == CoapCode.Changed)
            {
                LastRefusal = CoapCode.Empty;
                // Its first Write may have overtaken the answer, and its Finish too.
                if (State == BootstrapState.Requesting)
                    Say(BootstrapState.Configuring, "the bootstrap server has accepted");
                AwaitNextOperation();
            }
            else if (response.Code == CoapCode.UnsupportedContentFormat && namesFormat)
                SendRequest(namesFormat: false);
            else
                Refuse("Bootstrap-Request", response);
        });
    }

    /// <summary>Core 6.1.7.7.</summary>
    private void SendPackRequest()
    {
        Say(BootstrapState.Requesting, "asking for a Bootstrap-Pack");
        List<string> queries = Queries();
        queries.Add($"acc=<{Account!.Path}>");
        CoapRequest request = MakeRequest(CoapCode.Get, "bspack", queries);
        request.Options.Set(CoapOptionNumber.Accept, PreferredFormat == ContentFormat.Lwm2mTlv ? ContentFormat.SenmlCbor.Value : PreferredFormat.Value);
        Exchange(request, OnPackResponse);
    }

    private void OnPackResponse(CoapResponse response)
    {
        string? problem = response.Code != CoapCode.Content ? $"the bootstrap server answered {response}"
            : response.ContentFormat is not { } format ? "it came without a content format"
            : _client.BootstrapOperations.ReadPack(_draft!, format, response.Payload);
        BootstrapConfiguration? configuration = null;
        problem ??= TryPrepare(out configuration);
        if (problem is null)
        {
            _finishQueries = [];
            _client.ApplyBootstrap(_draft!, configuration!, failure =>
            {
                if (failure is not null)
                    Fail(failure, leastDelay: null);
            });
            return;
        }

        // Core 6.1.7.7: after any error it goes the classic way, from the beginning.
        _isPackRefused = true;
        Say(BootstrapState.Requesting, $"there is no usable Bootstrap-Pack: {problem}");
        _draft = new BootstrapDraft(_client.Objects, Account!.Id);
        SendRequest(namesFormat: true);
    }

    private ContentFormat PreferredFormat => _client.Options.PreferredFormat ?? DeviceManagement.DefaultFormat(_client.Options.Version);

    private List<string> Queries()
    {
        List<string> queries = [];
        if (_client.Options.EndpointName is { } name)
            queries.Add($"ep={name}");
        // What the URI of the account says, as Pelion's aid and iep: the server's own words, given back to it.
        int start = Uri!.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        if (start >= 0)
            queries.AddRange(Uri.PathAndQuery[(start + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(System.Uri.UnescapeDataString));
        return queries;
    }

    private CoapRequest MakeRequest(CoapCode method, string resource, List<string> queries)
    {
        var request = new CoapRequest(method, Lwm2mClient.PathAt(Uri!, resource));
        foreach (string query in queries)
            request.Options.Add(CoapOptionNumber.UriQuery, query);
        return request;
    }

    private void Exchange(CoapRequest request, Action<CoapResponse> onResponse)
    {
        _exchange = new ClientExchange(this, Peer!.Value, request, onResponse, failure => Fail($"the bootstrap server does not answer: {failure}", leastDelay: null));
        _exchange.Send();
    }
}
