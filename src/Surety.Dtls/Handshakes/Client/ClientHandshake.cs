using System.Security.Cryptography;
using System.Text;

namespace Surety.Dtls;

/// <summary>The client's side.</summary>
internal sealed partial class ClientHandshake : Handshake
{
    // A server changes its cookie key now and then; one that asks again and again is none.
    private const int MaxCookies = 3;
    private const ushort RenegotiationScsv = 0x00FF;
    private const byte EcdsaSign = 64;

    private readonly ClientHello _hello;
    private readonly NamedGroup[] _groups;
    private int _cookies;
    private bool _hasBegun;
    private bool _hasServerHello;
    private byte[] _serverRandom = [];
    private byte[] _sessionId = [];
    private byte[]? _serverKey;
    private byte[] _secret = [];
    private byte[] _ownPublicKey = [];
    private ushort[]? _requestedSchemes;
    private byte[]? _ticket;

    public ClientHandshake(HandshakeContext context, PeerAddress address, ulong number, DtlsClientOptions options, long now)
        : base(context, address, number, context.Options.ClientRetransmission, now)
    {
        Options = options;
        _groups = [.. options.Groups.Where(context.Crypto.Supports)];
        _hello = CreateHello();
    }

    public override bool IsServer => false;

    public override bool IsHeavy => _hasBegun && (Suite?.HasEcdhe ?? Options.PreSharedKey is null);

    public DtlsClientOptions Options { get; }

    public CipherSuite? Suite { get; private set; }

    public byte[] MasterSecret { get; private set; } = [];

    public PeerCredential Peer { get; private set; } = PeerCredential.None;

    public bool IsResumed { get; private set; }

    public bool HasExtendedMasterSecret { get; private set; }

    /// <summary>The server will send a NewSessionTicket.</summary>
    public bool ExpectsTicket { get; private set; }

    public CertificateType ServerCertificateType { get; private set; }

    public CertificateType ClientCertificateType { get; private set; }

    protected override byte[] ClientRandom => _hello.Random;

    private string? ApplicationProtocol { get; set; }

    protected override ValueTask<HandshakeState> BeginAsync()
    {
        if (_hello.CipherSuites.Length < 2)
            throw new DtlsAlertException(AlertDescription.InternalError, "there is no cipher suite that the client's credentials allow");
        _hasBegun = true;
        BeginFlight();
        Add(HandshakeType.ClientHello, _hello.Write);
        SendFlight();
        return new(new ExpectServerHello(this));
    }

    protected override bool TakesOutOfSequence(in HandshakeHeader header, ReadOnlySpan<byte> body)
    {
        if (_hasServerHello)
            return false;
        if (header.Type == HandshakeType.ServerHello)
        {
            // Whether a server that kept no state counts its HelloVerifyRequests is its own affair.
            _hasServerHello = true;
            StartReceivingAt(header.Sequence);
            return false;
        }

        if (header.Type != HandshakeType.HelloVerifyRequest)
            return false;
        var reader = new WireReader(body);
        reader.UInt16();
        ReadOnlySpan<byte> cookie = reader.Vector8();
        if (!header.IsWhole || !reader.IsComplete)
            return true;
        // The same request again is answered already; another hello would have another number, and the server counts it in.
        if (_cookies > 0 && (cookie.SequenceEqual(_hello.Cookie) || _cookies == MaxCookies))
            return true;
        _cookies++;
        _hello.Cookie = cookie.ToArray();
        ForgetTranscript();
        Add(HandshakeType.ClientHello, _hello.Write);
        SendFlight();
        return true;
    }

    private ClientHello CreateHello()
    {
        DtlsClientOptions options = Options;
        CipherSuite[] suites = [.. options.CipherSuites.Select(CipherSuite.Find).OfType<CipherSuite>()
            .Where(suite => suite.HasPsk ? options.PreSharedKey is not null : options.Verifier is not null)];
        bool hasEcdhe = suites.Any(suite => suite.HasEcdhe), hasCertificates = suites.Any(suite => suite.HasCertificates);
        bool ownsRawKey = options.OwnCertificateType == CertificateType.RawPublicKey;
        bool isName = options.ServerName is { } name && !System.Net.IPAddress.TryParse(name, out _);
        DtlsResumption? resumption = options.Resumption is { } candidate && suites.Contains(candidate.Suite) ? options.Resumption : null;
        var extensions = new HelloExtensions
        {
            ServerName = isName ? options.ServerName : null,
            ExtendedMasterSecret = true,
            Groups = hasEcdhe ? [.. _groups.Select(group => (ushort)group)] : null,
            UncompressedPoints = hasEcdhe ? true : null,
            SignatureSchemes = hasCertificates ? Signatures.Schemes : null,
            EncryptThenMac = suites.Any(suite => !suite.Cipher.IsAead),
            RecordSizeLimit = options.RecordSizeLimit < 1 << 14 ? (ushort)options.RecordSizeLimit : null,
            ApplicationProtocols = options.ApplicationProtocols.Count > 0 ? [.. options.ApplicationProtocols.Select(Encoding.ASCII.GetBytes)] : null,
            SessionTicket = resumption?.Ticket ?? (options.RequestTicket ? [] : null),
        };
        if (hasCertificates && ownsRawKey)
            extensions.ClientCertificateTypes = [(byte)CertificateType.RawPublicKey];
        if (hasCertificates && (options.AllowRawPublicKeys || ownsRawKey))
        {
            extensions.ServerCertificateTypes = options.AcceptsCertificates
                ? [(byte)CertificateType.RawPublicKey, (byte)CertificateType.X509]
                : [(byte)CertificateType.RawPublicKey];
        }

        if (options.OfferConnectionId)
        {
            extensions.ConnectionId = Context.GetConnectionId(Number);
            extensions.ConnectionIdForm = ConnectionIdForm.Rfc9146;
            extensions.ReturnRoutabilityCheck = options.OfferReturnRoutabilityCheck;
        }

        return new ClientHello
        {
            Random = RandomNumberGenerator.GetBytes(ClientHello.RandomLength),
            // RFC 5077, 3.4: an id beside the ticket, by which its acceptance is recognised.
            SessionId = resumption is null ? [] : resumption.SessionId.Length > 0 ? resumption.SessionId : RandomNumberGenerator.GetBytes(32),
            CipherSuites = [.. suites.Select(suite => (ushort)suite.Id), RenegotiationScsv],
            Extensions = extensions,
        };
    }
}
