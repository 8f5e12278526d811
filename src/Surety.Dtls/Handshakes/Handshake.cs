using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// One handshake of either role. Datagrams and the time come in, datagrams go out; one thread at a time works on it, not always the same one.
/// </summary>
/// <remarks>
/// <code>
/// Full handshake (RFC 6347, figure 1)                        Resumed (figure 2)
/// client                    server                           client                    server
/// ClientHello          ───►                     flight 1     ClientHello          ───►
///                      ◄─── HelloVerifyRequest  flight 2                          ◄─── HelloVerifyRequest
/// ClientHello (cookie) ───►                     flight 3     ClientHello (cookie) ───►
///                      ◄─── ServerHello         flight 4                          ◄─── ServerHello
///                           [Certificate]                                              [NewSessionTicket]
///                           [ServerKeyExchange]                                        [ChangeCipherSpec]
///                           [CertificateRequest]                                       Finished
///                           ServerHelloDone                  [ChangeCipherSpec]
/// [Certificate]                                 flight 5     Finished             ───►
/// ClientKeyExchange
/// [CertificateVerify]
/// [ChangeCipherSpec]
/// Finished             ───►
///                      ◄─── [NewSessionTicket]  flight 6
///                           [ChangeCipherSpec]
///                           Finished
/// </code>
/// Flights 1 to 3 of a server need no state and are not here, but in <see cref="CookieExchange"/>.
/// </remarks>
internal abstract partial class Handshake : IRecordWriter
{
    // Records that are kept: what came protected before it could be read, and what came for the session before there was one. A Finished has 50 bytes.
    private const int MaxKept = 8;
    private const int MaxKeptBytes = 8 * 1024;
    private const long LongestRetransmission = 60_000;

    // Answers to repeated flights: a peer's flight of several datagrams is answered once.
    public const long ShortestRepetition = 100;

    private readonly WireWriter _transcript = new(768);
    private readonly HandshakeReassembly _reassembly;
    private readonly Queue<byte[]> _deferred = new();
    private readonly List<FlightRecord> _flight = [];
    private readonly long _firstTimeout;
    private HandshakeState _state = Established.Instance;
    private ReplayWindow _window;
    private ulong _nextPlain;
    private ulong _nextProtected;
    private ushort _nextMessage;
    private int _transcriptBefore;
    private int _deferredBytes;
    private int _earlyBytes;
    private long _timeout;
    private long _lastTransmission;
    // Over all flights: a path that swallowed one long datagram will swallow the next.
    private int _repetitions;
    private bool _isLast;
    private bool _peerChangedCipher;
    private bool _peerRepeats;
    private long _now;

    protected Handshake(HandshakeContext context, PeerAddress address, ulong number, TimeSpan firstTimeout, long now)
    {
        Context = context;
        Address = address;
        Number = number;
        Started = _now = now;
        _firstTimeout = (long)firstTimeout.TotalMilliseconds;
        _reassembly = new HandshakeReassembly(context.Options.MaxHandshakeMemory);
    }

    /// <summary>Where the peer is.</summary>
    public PeerAddress Address { get; }

    /// <summary>The number of the session to be.</summary>
    public ulong Number { get; }

    /// <summary>When it began.</summary>
    public long Started { get; }

    /// <summary>When to call <see cref="HandleTimeout"/>.</summary>
    public long NextTimeout { get; private set; } = long.MaxValue;

    /// <summary>There is public-key work in it.</summary>
    public abstract bool IsHeavy { get; }

    public abstract bool IsServer { get; }

    /// <summary>What to send.</summary>
    public List<byte[]> Outgoing { get; } = [];

    /// <summary>What was agreed on; null before the end.</summary>
    public DtlsSession? Session { get; private set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public DtlsAlertException? Failure { get; private set; }

    /// <summary>The engine's: somebody works on it.</summary>
    public bool IsBusy { get; set; }

    /// <summary>The engine's: what comes of it does not matter any more.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>The engine's: its place in the order of age.</summary>
    public LinkedListNode<Handshake>? Place { get; set; }

    /// <summary>The engine's: its entry among the timers.</summary>
    public HandshakeTimer? Timer { get; set; }

    /// <summary>The engine's: datagrams that came while somebody worked on it.</summary>
    public Queue<byte[]> Waiting { get; } = new();

    /// <summary>What came for the session before the peer's Finished was verified, in order: data, and that there will be no more.</summary>
    public Queue<(ContentType Type, byte[] Content)> Early { get; } = new();

    protected HandshakeContext Context { get; }

    protected CryptoBackend Crypto => Context.Crypto;

    /// <summary>The keys of the new epoch.</summary>
    protected TrafficKeys? Keys { get; set; }

    /// <summary>The Connection ID that the peer wants; empty: none.</summary>
    protected byte[] PeerConnectionId { get; set; } = [];

    protected ConnectionIdForm ConnectionIdForm { get; set; }

    /// <summary>The peer must use the Connection ID that we gave it.</summary>
    protected bool ExpectsConnectionId { get; set; }

    /// <summary>Both check whether a new address of the other can be reached (RFC 9853).</summary>
    protected bool ChecksReturnRoutability { get; set; }

    /// <summary>The longest plaintext of a record that the peer takes.</summary>
    protected int MaxPlaintext { get; set; } = 1 << 14;

    protected DateTimeOffset Clock => Context.Time.GetUtcNow();

    /// <summary>All messages so far.</summary>
    protected ReadOnlySpan<byte> Transcript => _transcript.Written;

    /// <summary>All messages before the one in hand.</summary>
    protected ReadOnlySpan<byte> TranscriptBefore => _transcript.Written[.._transcriptBefore];

    /// <summary>By which the handshake is known: the random of the ClientHello.</summary>
    protected abstract byte[] ClientRandom { get; }

    /// <summary>The message_seq of the ClientHello.</summary>
    protected ushort HelloSequence { get; set; }

    protected abstract ValueTask<HandshakeState> BeginAsync();

    /// <summary>Takes a datagram, or begins when there is none. What comes of it is in <see cref="Outgoing"/>, <see cref="Session"/> and <see cref="Failure"/>.</summary>
    public async ValueTask RunAsync(byte[]? datagram, long now)
    {
        if (Failure is not null || Session is not null)
            return;
        _now = now;
        try
        {
            if (datagram is null)
                _state = await BeginAsync().ConfigureAwait(false);
            else
                ReadDatagram(datagram);
            await AdvanceAsync().ConfigureAwait(false);
        }
        catch (DtlsAlertException e)
        {
            Fail(e, isPeers: false);
        }
        catch (Exception e)
        {
            // A store or verifier of the caller failed, or we did: the handshake is lost, nothing else.
            Fail(new DtlsAlertException(AlertDescription.InternalError, e.Message, e), isPeers: false);
        }
    }

    /// <summary>Sends the flight again, or gives up.</summary>
    public void HandleTimeout(long now)
    {
        _now = now;
        if (now - Started >= (long)Context.Options.HandshakeTimeout.TotalMilliseconds)
        {
            Fail(new DtlsAlertException(AlertDescription.UserCanceled, "the peer did not answer in time"), isPeers: true);
            return;
        }

        _repetitions++;
        Transmit();
        _timeout = Math.Min(_timeout * 2, LongestRetransmission);
        NextTimeout = now + _timeout;
    }

    /// <summary>The peer repeats itself, so our flight was lost (RFC 6347, 4.2.4).</summary>
    public void Repeat(long now)
    {
        _now = now;
        if (_flight.Count > 0 && now - _lastTransmission >= ShortestRepetition)
            Transmit();
    }

    public int GetContentOffset(bool isProtected) =>
        isProtected ? RecordProtection.GetContentOffset(Keys!.Cipher, PeerConnectionId.Length) : RecordHeader.Size;

    public int GetOverhead(bool isProtected) =>
        GetContentOffset(isProtected) + (isProtected ? RecordProtection.GetTrailer(Keys!.Cipher, PeerConnectionId.Length) : 0);

    public int WriteRecord(ContentType type, bool isProtected, Span<byte> record, int length)
    {
        if (!isProtected)
        {
            RecordHeader.Write(record, type, ProtocolVersion.Dtls12, 0, _nextPlain++, length);
            return RecordHeader.Size + length;
        }

        return RecordProtection.Seal(Crypto, Keys!, type, 1, _nextProtected++, PeerConnectionId, ConnectionIdForm, record, length);
    }

    /// <summary>Continues where messages were exchanged without state.</summary>
    protected void ContinueAt(ushort nextReceived, ushort nextSent, ulong nextRecord)
    {
        _reassembly.StartAt(nextReceived);
        _nextMessage = nextSent;
        _nextPlain = nextRecord;
    }

    /// <summary>The peer's first message has this number.</summary>
    protected void StartReceivingAt(ushort next) => _reassembly.StartAt(next);

    /// <summary>Forgets the first ClientHello and the HelloVerifyRequest, which do not count (RFC 6347, 4.2.1).</summary>
    protected void ForgetTranscript()
    {
        _transcript.Clear();
        _flight.Clear();
    }

    protected void AddToTranscript(ReadOnlySpan<byte> message) => _transcript.Bytes(message);

    /// <summary>The next flight begins.</summary>
    protected void BeginFlight() => _flight.Clear();

    /// <summary>Adds a message to the flight and to the transcript.</summary>
    protected void Add(HandshakeType type, Action<WireWriter> write, bool isProtected = false)
    {
        var writer = new WireWriter();
        writer.Take(HandshakeHeader.Size);
        write(writer);
        byte[] message = writer.ToArray();
        int length = message.Length - HandshakeHeader.Size;
        new HandshakeHeader(type, length, _nextMessage++, 0, length).Write(message);
        _transcript.Bytes(message);
        _flight.Add(new(ContentType.Handshake, isProtected, message));
    }

    /// <summary>Adds ChangeCipherSpec and our Finished.</summary>
    protected void AddFinished(CipherSuite suite, byte[] masterSecret)
    {
        _flight.Add(new(ContentType.ChangeCipherSpec, false, [1]));
        byte[] verifyData = new byte[KeySchedule.VerifyDataLength];
        ComputeVerifyData(suite, masterSecret, IsServer, Transcript, verifyData);
        Add(HandshakeType.Finished, writer => writer.Bytes(verifyData), isProtected: true);
    }

    /// <summary>Verifies the peer's Finished, which is in hand.</summary>
    /// <exception cref="DtlsAlertException">It is not right.</exception>
    protected void VerifyFinished(CipherSuite suite, byte[] masterSecret, HandshakeMessage finished)
    {
        Span<byte> expected = stackalloc byte[KeySchedule.VerifyDataLength];
        ComputeVerifyData(suite, masterSecret, !IsServer, TranscriptBefore, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, finished.Body))
            throw new DtlsAlertException(AlertDescription.DecryptError, "the peer's Finished does not fit the handshake");
    }

    /// <summary>The flight is complete: sends it, and again until the peer answers.</summary>
    protected void SendFlight(bool isLast = false)
    {
        _timeout = _firstTimeout;
        Transmit();
        _isLast = isLast;
        NextTimeout = isLast ? long.MaxValue : _now + _timeout;
    }

    /// <summary>Both have proven what they had to.</summary>
    protected void Complete(DtlsSession session)
    {
        session.Adopt(Keys!, PeerConnectionId, ConnectionIdForm, ExpectsConnectionId, ChecksReturnRoutability, _nextProtected, _window, MaxPlaintext);
        Session = session;
        NextTimeout = long.MaxValue;
        if (_isLast)
            session.LastFlight = new LastFlight(Context, session, [.. _flight], ClientRandom, HelloSequence, _nextPlain, _lastTransmission, _repetitions);
    }

    /// <summary>The head of a message that a state without sequence may take out of order: a HelloVerifyRequest.</summary>
    protected virtual bool TakesOutOfSequence(in HandshakeHeader header, ReadOnlySpan<byte> body) => false;

    /// <summary>Derives the keys; the ClientKeyExchange is the last of the transcript (RFC 5246, 8.1; RFC 7627, 4).</summary>
    /// <returns>The master secret.</returns>
    protected byte[] DeriveKeys(CipherSuite suite, bool isExtended, ReadOnlySpan<byte> premaster, byte[] serverRandom)
    {
        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        byte[] masterSecret = isExtended
            ? KeySchedule.ExtendedMasterSecret(Crypto, suite.Hash, premaster, hash[..CryptoBackend.Hash(suite.Hash, Transcript, hash)])
            : KeySchedule.MasterSecret(Crypto, suite.Hash, premaster, ClientRandom, serverRandom);
        Keys = KeySchedule.Keys(Crypto, suite, masterSecret, ClientRandom, serverRandom, IsServer);
        return masterSecret;
    }

    private void ComputeVerifyData(CipherSuite suite, byte[] masterSecret, bool ofServer, ReadOnlySpan<byte> transcript, Span<byte> verifyData)
    {
        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        hash = hash[..CryptoBackend.Hash(suite.Hash, transcript, hash)];
        KeySchedule.VerifyData(Crypto, suite.Hash, masterSecret, ofServer, hash, verifyData);
    }

    private void Transmit()
    {
        var writer = new FlightWriter(this, Context.Options.GetMaxDatagram(_repetitions), MaxPlaintext, Outgoing);
        foreach (FlightRecord record in _flight)
            writer.Add(record);
        writer.Finish();
        _lastTransmission = _now;
    }
}
