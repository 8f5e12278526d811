using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>The server's side, from the ClientHello with a valid cookie on.</summary>
internal sealed class ServerHandshake : Handshake
{
    private const byte EcdsaSign = 64;

    // RFC 4279, 5.3.
    private const int MaxIdentityLength = 128;

    private readonly ServerSessions _sessions;
    private readonly DtlsResumption? _resumed;
    private byte[] _sessionId = [];
    private ulong _cachedNumber;
    private KeyShare? _keyShare;

    private ServerHandshake(
        HandshakeContext context, PeerAddress address, ulong number, DtlsServerOptions options, ServerSessions sessions, ServerParameters parameters, DtlsResumption? resumed, long now)
        : base(context, address, number, context.Options.ServerRetransmission, now)
    {
        Options = options;
        _sessions = sessions;
        Parameters = parameters;
        _resumed = resumed;
        Suite = resumed?.Suite ?? parameters.Suite;
        Peer = resumed?.Peer ?? PeerCredential.None;
    }

    public override bool IsServer => true;

    public override bool IsHeavy => _resumed is null && Suite.HasEcdhe;

    public DtlsServerOptions Options { get; }

    public ServerParameters Parameters { get; }

    public CipherSuite Suite { get; }

    public byte[] ServerRandom { get; } = RandomNumberGenerator.GetBytes(ClientHello.RandomLength);

    public byte[] MasterSecret { get; private set; } = [];

    /// <summary>What the client has shown; proven when the handshake is complete.</summary>
    public PeerCredential Peer { get; set; }

    /// <summary>The client's public key, once it has shown one.</summary>
    public byte[]? PeerPublicKey { get; set; }

    /// <summary>The session as it is remembered by its id; null when it is not.</summary>
    public DtlsResumption? Resumption { get; private set; }

    protected override byte[] ClientRandom => Parameters.Hello.Random;

    private bool IsTicketWanted => Options.IssueTickets && Parameters.Hello.Extensions.SessionTicket is not null;

    /// <summary>Chooses what to do about a ClientHello with a valid cookie.</summary>
    /// <exception cref="DtlsAlertException">Nothing.</exception>
    public static ServerHandshake Accept(
        HandshakeContext context, PeerAddress address, ulong number, DtlsServerOptions options, ServerSessions sessions, ReadOnlySpan<byte> message, ulong recordNumber, long now)
    {
        HandshakeHeader.TryRead(message, out HandshakeHeader header);
        if (!ClientHello.TryRead(message[HandshakeHeader.Size..], out ClientHello hello))
            throw new DtlsAlertException(AlertDescription.DecodeError, "the ClientHello cannot be decoded");
        var parameters = ServerParameters.Negotiate(hello, options, context.Crypto);
        DtlsResumption? resumed = sessions.FindResumption(hello, options, context.Time.GetUtcNow());
        var handshake = new ServerHandshake(context, address, number, options, sessions, parameters, resumed, now);
        // RFC 6347, 4.2.1: what went before was exchanged without state, so the numbers go on from the client's.
        handshake.ContinueAt((ushort)(header.Sequence + 1), header.Sequence, recordNumber);
        handshake.HelloSequence = header.Sequence;
        handshake.AddToTranscript(message);
        handshake.Apply(hello.Extensions);
        return handshake;
    }

    /// <summary>It was begun by this hello.</summary>
    public bool IsAnswerTo(ReadOnlySpan<byte> message) => ClientHello.IsSame(message, HelloSequence, Parameters.Hello.Random);

    /// <summary>Derives the master secret and the keys; the ClientKeyExchange is in hand.</summary>
    public void Agree(ReadOnlySpan<byte> premaster) => MasterSecret = DeriveKeys(Suite, Parameters.HasExtendedMasterSecret, premaster, ServerRandom);

    /// <summary>The ECDH secret with the client's public key.</summary>
    /// <returns>The secret's length.</returns>
    public int DeriveSecret(ReadOnlySpan<byte> clientPublicKey, Span<byte> secret)
    {
        int length = _keyShare!.Derive(clientPublicKey, secret);
        _keyShare.Dispose();
        return length > 0 ? length : throw new DtlsAlertException(AlertDescription.IllegalParameter, "the client's public key is not on the curve");
    }

    /// <summary>The premaster secret of an identity; of one that there is not, one that nobody knows (RFC 4279, 2).</summary>
    public async ValueTask<byte[]> FindPremasterAsync(byte[] identity, byte[] ecdh)
    {
        byte[]? key = identity.Length <= MaxIdentityLength ? await Options.PreSharedKeys!.FindKeyAsync(identity).ConfigureAwait(false) : null;
        Peer = new PeerCredential.PreSharedKey(identity);
        return KeySchedule.PskPremaster(ecdh, key is { Length: > 0 } ? key : RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>Verifies what the client has shown.</summary>
    public void VerifyPeer(IReadOnlyList<byte[]> chain)
    {
        if (chain.Count == 0)
        {
            if (Options.ClientAuthentication == ClientAuthentication.Required)
                throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the client has shown no certificate, and one is required");
            return;
        }

        CertificateType type = Parameters.ClientCertificateType;
        PeerPublicKey = Signatures.GetPublicKey(chain[0], type);
        PeerVerification verification = type == CertificateType.RawPublicKey
            ? Options.Verifier!.VerifyRawPublicKey(chain[0], isServer: false)
            : Options.Verifier!.VerifyCertificate(chain, isServer: false, serverName: null, Clock);
        Peer = verification.Credential ?? throw new DtlsAlertException(verification.Alert, verification.Problem ?? "the client is not trusted");
    }

    /// <summary>Verifies the CertificateVerify in hand.</summary>
    public bool VerifySignature(SignatureScheme scheme, ReadOnlySpan<byte> signature) => Signatures.Verify(Crypto, PeerPublicKey, scheme, TranscriptBefore, signature);

    /// <summary>The client's Finished is in hand.</summary>
    public HandshakeState FinishAfter(HandshakeMessage finished)
    {
        VerifyFinished(Suite, MasterSecret, finished);
        if (_resumed is not null)
        {
            CompleteSession();
            return Established.Instance;
        }

        var resumption = new DtlsResumption(Suite, MasterSecret, Parameters.HasExtendedMasterSecret, Peer, Clock);
        BeginFlight();
        AddTicket(resumption);
        AddFinished(Suite, MasterSecret);
        SendFlight(isLast: true);
        CompleteSession();
        if (_cachedNumber != 0)
            Resumption = resumption.With(Session!.Peer);
        return Established.Instance;
    }

    protected override ValueTask<HandshakeState> BeginAsync()
    {
        BeginFlight();
        if (_resumed is not null)
        {
            _sessionId = Parameters.Hello.SessionId;
            MasterSecret = _resumed.MasterSecret;
            Keys = KeySchedule.Keys(Crypto, Suite, MasterSecret, Parameters.Hello.Random, ServerRandom, isServer: true);
            Add(HandshakeType.ServerHello, WriteServerHello);
            AddTicket(_resumed);
            AddFinished(Suite, MasterSecret);
            SendFlight();
            return new(new ExpectFinished(this));
        }

        if (!IsTicketWanted && _sessions.Cache.IsEnabled)
        {
            _cachedNumber = BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            _sessionId = _sessions.Cache.GetId(_cachedNumber);
        }

        Add(HandshakeType.ServerHello, WriteServerHello);
        bool asksForCertificate = Suite.HasCertificates && Options.ClientAuthentication != ClientAuthentication.None;
        if (Suite.HasCertificates)
            Add(HandshakeType.Certificate, writer => CertificateMessage.Write(writer, Parameters.ServerCertificateType, Parameters.Certificate));
        if (Suite.HasEcdhe)
            Add(HandshakeType.ServerKeyExchange, WriteServerKeyExchange);
        if (asksForCertificate)
            Add(HandshakeType.CertificateRequest, WriteCertificateRequest);
        Add(HandshakeType.ServerHelloDone, static _ => { });
        SendFlight();
        return new(asksForCertificate ? new ExpectClientCertificate(this) : new ExpectClientKeyExchange(this));
    }

    private void CompleteSession() => Complete(new DtlsSession(Number, Address, isServer: true, Suite, Peer)
    {
        ApplicationProtocol = Parameters.ApplicationProtocol,
        HasExtendedMasterSecret = Parameters.HasExtendedMasterSecret,
        IsResumed = _resumed is not null,
        CachedNumber = _cachedNumber,
    });

    /// <summary>What the extensions mean for records.</summary>
    private void Apply(HelloExtensions extensions)
    {
        // RFC 8449, 5: the new extension makes the old one void.
        if (extensions.RecordSizeLimit is { } limit)
            MaxPlaintext = Math.Min((int)limit, 1 << 14);
        else if (extensions.MaxFragmentLength is { } length)
            MaxPlaintext = 1 << (8 + length);
        if (extensions.ConnectionId is null || Context.Options.ConnectionIdLength == 0)
            return;
        PeerConnectionId = extensions.ConnectionId;
        ConnectionIdForm = extensions.ConnectionIdForm;
        ExpectsConnectionId = true;
        ChecksReturnRoutability = extensions.ReturnRoutabilityCheck && ConnectionIdForm == ConnectionIdForm.Rfc9146;
    }

    private void AddTicket(DtlsResumption resumption)
    {
        if (!IsTicketWanted)
            return;
        byte[] ticket = _sessions.Tickets.Seal(resumption, Clock) ?? [];
        Add(HandshakeType.NewSessionTicket, writer =>
        {
            uint lifetime = ticket.Length == 0 ? 0 : (uint)Options.ResumptionLifetime.TotalSeconds;
            writer.UInt16((int)(lifetime >> 16));
            writer.UInt16((int)(lifetime & 0xFFFF));
            writer.Vector16(ticket);
        });
    }

    private void WriteServerHello(WireWriter writer)
    {
        HelloExtensions offered = Parameters.Hello.Extensions;
        var extensions = new HelloExtensions
        {
            AcknowledgesServerName = offered.ServerName is not null && _resumed is null,
            RenegotiationInfo = Parameters.HasSecureRenegotiation ? [] : null,
            ExtendedMasterSecret = Parameters.HasExtendedMasterSecret,
            EncryptThenMac = !Suite.Cipher.IsAead,
            RecordSizeLimit = offered.RecordSizeLimit is null ? null : (ushort)Options.RecordSizeLimit,
            MaxFragmentLength = offered.RecordSizeLimit is null ? offered.MaxFragmentLength : null,
            SessionTicket = IsTicketWanted ? [] : null,
            ApplicationProtocols = Parameters.ApplicationProtocol is { } protocol ? [System.Text.Encoding.ASCII.GetBytes(protocol)] : null,
            UncompressedPoints = Suite.HasEcdhe && offered.UncompressedPoints is not null && _resumed is null ? true : null,
        };
        if (ExpectsConnectionId)
        {
            extensions.ConnectionId = Context.GetConnectionId(Number);
            extensions.ConnectionIdForm = ConnectionIdForm;
            extensions.ReturnRoutabilityCheck = ChecksReturnRoutability;
        }

        if (Suite.HasCertificates && _resumed is null)
        {
            if (offered.ServerCertificateTypes is not null)
                extensions.ServerCertificateTypes = [(byte)Parameters.ServerCertificateType];
            if (offered.ClientCertificateTypes is not null && Options.ClientAuthentication != ClientAuthentication.None)
                extensions.ClientCertificateTypes = [(byte)Parameters.ClientCertificateType];
        }

        new ServerHello { Random = ServerRandom, SessionId = _sessionId, CipherSuite = (ushort)Suite.Id, Extensions = extensions }.Write(writer);
    }

    private void WriteServerKeyExchange(WireWriter writer)
    {
        _keyShare = Crypto.CreateKeyShare(Parameters.Group);
        byte[] parameters = ServerKeyExchange.WriteParameters(Parameters.Group, _keyShare.PublicKey);
        if (Suite.HasPsk)
        {
            writer.UInt16(0);
            writer.Bytes(parameters);
            return;
        }

        writer.Bytes(parameters);
        writer.UInt16((int)Parameters.Certificate!.Scheme);
        writer.Vector16(Parameters.Certificate.Sign([.. Parameters.Hello.Random, .. ServerRandom, .. parameters]));
    }

    private static void WriteCertificateRequest(WireWriter writer)
    {
        writer.Vector8([EcdsaSign]);
        writer.UInt16s(Signatures.Schemes);
        // No names of authorities: devices have one certificate.
        writer.UInt16(0);
    }
}
