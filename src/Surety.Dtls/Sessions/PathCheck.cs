using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>Finds out whether a peer can be reached at an address that its records come from (RFC 9853, 5.1), and bounds what is sent there until then.</summary>
/// <param name="address">The address.</param>
/// <param name="now">The time.</param>
internal sealed class PathCheck(PeerAddress address, long now)
{
    /// <summary>Type and cookie of a message, bytes (RFC 9853, 4).</summary>
    public const int MessageLength = 1 + sizeof(ulong);

    // RFC 9853, 2: the anti-amplification limit.
    private const int MaxAmplification = 3;

    // RFC 9853, 5.3: challenges may be lost, so more of them go out as more records come in; each has its own cookie, and each is good.
    private const int MaxChallenges = 4;
    private const long ChallengeInterval = 1000;

    private readonly ulong[] _cookies = new ulong[MaxChallenges];
    private int _challenges;
    private long _lastChallenge;
    private long _allowance;

    public PeerAddress Address { get; } = address;

    public long Started { get; } = now;

    /// <summary>A verified record of so many bytes came from there.</summary>
    public void OnReceived(int length) => _allowance += MaxAmplification * length;

    /// <summary>So many bytes may be sent there, and are.</summary>
    public bool TrySend(int length)
    {
        if (length > _allowance)
            return false;
        _allowance -= length;
        return true;
    }

    /// <summary>Writes a challenge, when it is time for one.</summary>
    /// <param name="recordLength">The length of its record, bytes.</param>
    /// <param name="now">The time.</param>
    /// <param name="challenge"><see cref="MessageLength"/> bytes.</param>
    public bool TryChallenge(int recordLength, long now, Span<byte> challenge)
    {
        if (_challenges == MaxChallenges || (_challenges > 0 && now - _lastChallenge < ChallengeInterval) || !TrySend(recordLength))
            return false;
        challenge[0] = (byte)PathMessageType.PathChallenge;
        RandomNumberGenerator.Fill(challenge[1..]);
        _cookies[_challenges++] = BinaryPrimitives.ReadUInt64BigEndian(challenge[1..]);
        _lastChallenge = now;
        return true;
    }

    /// <summary>The cookie is that of a challenge.</summary>
    public bool IsAnswer(ReadOnlySpan<byte> cookie) => _cookies.AsSpan(0, _challenges).Contains(BinaryPrimitives.ReadUInt64BigEndian(cookie));
}
