using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>The established sessions, by number, by address, and in the order of use.</summary>
internal sealed class SessionTable(ulong numberMask)
{
    private readonly Dictionary<ulong, DtlsSession> _byNumber = [];
    private readonly Dictionary<PeerAddress, DtlsSession> _byAddress = [];
    private DtlsSession? _newest;

    public int Count => _byNumber.Count;

    /// <summary>The one idle longest.</summary>
    public DtlsSession? Oldest { get; private set; }

    public IEnumerable<DtlsSession> All => _byNumber.Values;

    public bool TryGet(ulong number, [NotNullWhen(true)] out DtlsSession? session) => _byNumber.TryGetValue(number, out session);

    public bool TryGet(in PeerAddress address, [NotNullWhen(true)] out DtlsSession? session) => _byAddress.TryGetValue(address, out session);

    /// <summary>A number that no session has.</summary>
    public ulong NewNumber()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ulong number;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            number = BitConverter.ToUInt64(bytes) & numberMask;
        }
        while (_byNumber.ContainsKey(number));
        return number;
    }

    /// <summary>Adds a session, and lets it have the address. A session that had it keeps its number.</summary>
    public bool TryAdd(DtlsSession session)
    {
        if (!_byNumber.TryAdd(session.Number, session))
            return false;
        _byAddress[session.Address] = session;
        Append(session);
        return true;
    }

    public void Remove(DtlsSession session)
    {
        if (!_byNumber.Remove(session.Number))
            return;
        ForgetAddress(session);
        Unlink(session);
    }

    /// <summary>The peer has moved. An address that another session has stays with that one: nobody is pushed out by it.</summary>
    public void Move(DtlsSession session, in PeerAddress address)
    {
        ForgetAddress(session);
        session.Address = address;
        _byAddress.TryAdd(address, session);
    }

    /// <summary>The session was used.</summary>
    public void Touch(DtlsSession session)
    {
        if (ReferenceEquals(session, _newest))
            return;
        Unlink(session);
        Append(session);
    }

    private void ForgetAddress(DtlsSession session)
    {
        if (_byAddress.TryGetValue(session.Address, out DtlsSession? holder) && ReferenceEquals(holder, session))
            _byAddress.Remove(session.Address);
    }

    private void Append(DtlsSession session)
    {
        session.Previous = _newest;
        session.Following = null;
        if (_newest is null)
            Oldest = session;
        else
            _newest.Following = session;
        _newest = session;
    }

    private void Unlink(DtlsSession session)
    {
        if (session.Previous is null)
            Oldest = session.Following;
        else
            session.Previous.Following = session.Following;
        if (session.Following is null)
            _newest = session.Previous;
        else
            session.Following.Previous = session.Previous;
        session.Previous = session.Following = null;
    }
}
