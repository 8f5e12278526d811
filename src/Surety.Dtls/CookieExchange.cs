using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Proof of a client's address without state (RFC 6347, 4.2.1): flights 1 to 3. The cookie is a MAC of address, version and random under a key that
/// changes; cookies of the key before are still taken. The answer, of 44 bytes, is always shorter than the hello, or the first fragment of one that
/// has all this: 61 at least.
/// </summary>
internal sealed class CookieExchange(TimeSpan keyLifetime, long now) : IDisposable
{
    private const int CookieLength = 16;

    /// <summary>A HelloVerifyRequest in its record, bytes.</summary>
    public const int ResponseLength = RecordHeader.Size + HandshakeHeader.Size + 3 + CookieLength;

    private readonly long _lifetime = (long)keyLifetime.TotalMilliseconds;
    private IncrementalHash _current = NewKey();
    private IncrementalHash? _previous;
    private long _changed = now;

    /// <summary>Looks for a valid cookie in a ClientHello.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="body">The body of the message, or the beginning of it.</param>
    /// <param name="now">The time.</param>
    /// <param name="cookie">The cookie to ask for, when it is not there.</param>
    /// <returns>Null when it is no hello at all.</returns>
    public bool? Verify(in PeerAddress from, ReadOnlySpan<byte> body, long now, Span<byte> cookie)
    {
        Rotate(now);
        if (!TryCompute(_current, from, body, cookie, out ReadOnlySpan<byte> sent))
            return null;
        if (sent.Length != CookieLength)
            return false;
        if (CryptographicOperations.FixedTimeEquals(sent, cookie[..CookieLength]))
            return true;
        if (_previous is null)
            return false;
        Span<byte> older = stackalloc byte[SHA256.HashSizeInBytes];
        return TryCompute(_previous, from, body, older, out _) && CryptographicOperations.FixedTimeEquals(sent, older[..CookieLength]);
    }

    /// <summary>Writes the request for a cookie.</summary>
    /// <returns>Its length.</returns>
    public static int WriteRequest(Span<byte> destination, ulong recordNumber, ReadOnlySpan<byte> cookie)
    {
        const int Length = 3 + CookieLength;
        // The number of the hello's record: without state there is no better (RFC 6347, 4.2.1).
        RecordHeader.Write(destination, ContentType.Handshake, ProtocolVersion.Dtls10, 0, recordNumber, HandshakeHeader.Size + Length);
        new HandshakeHeader(HandshakeType.HelloVerifyRequest, Length, 0, 0, Length).Write(destination[RecordHeader.Size..]);
        Span<byte> body = destination[(RecordHeader.Size + HandshakeHeader.Size)..];
        body[0] = ProtocolVersion.Dtls10 >> 8;
        body[1] = ProtocolVersion.Dtls10 & 0xFF;
        body[2] = CookieLength;
        cookie[..CookieLength].CopyTo(body[3..]);
        return ResponseLength;
    }

    public void Dispose()
    {
        _current.Dispose();
        _previous?.Dispose();
    }

    private void Rotate(long now)
    {
        if (now - _changed < _lifetime)
            return;
        _previous?.Dispose();
        _previous = now - _changed < 2 * _lifetime ? _current : null;
        if (_previous is null)
            _current.Dispose();
        _current = NewKey();
        _changed = now;
    }

    private static bool TryCompute(IncrementalHash mac, in PeerAddress from, ReadOnlySpan<byte> body, Span<byte> destination, out ReadOnlySpan<byte> sent)
    {
        Span<byte> address = stackalloc byte[PeerAddress.Size];
        from.WriteRemoteTo(address);
        mac.AppendData(address);
        bool isHello = ClientHello.TryFindCookie(body, out sent, mac);
        mac.GetHashAndReset(destination);
        return isHello;
    }

    private static IncrementalHash NewKey() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(32));
}
