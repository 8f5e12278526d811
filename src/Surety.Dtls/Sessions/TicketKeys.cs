using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>Encrypts tickets (RFC 5077, 4) under a key that changes; those of the key before are still read.</summary>
internal sealed class TicketKeys(TimeSpan lifetime, DateTimeOffset now)
{
    private const int NameLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // A ClientHello with its ticket must fit in one datagram; a peer with a longer certificate makes a full handshake.
    private const int MaxLength = 900;

    // Tickets are written by whatever thread finishes a handshake.
    private readonly Lock _lock = new();
    private Key _current = new();
    private Key? _previous;
    private DateTimeOffset _changed = now;

    /// <summary>Writes a ticket; null when it would be too long.</summary>
    public byte[]? Seal(DtlsResumption resumption, DateTimeOffset now)
    {
        Key key = GetCurrent(now, out _);
        var writer = new WireWriter();
        resumption.Write(writer);
        int length = writer.Length;
        if (NameLength + NonceLength + length + TagLength > MaxLength)
            return null;
        byte[] ticket = new byte[NameLength + NonceLength + length + TagLength];
        key.Name.CopyTo(ticket, 0);
        RandomNumberGenerator.Fill(ticket.AsSpan(NameLength, NonceLength));
        using var gcm = new AesGcm(key.Secret, TagLength);
        gcm.Encrypt(
            ticket.AsSpan(NameLength, NonceLength), writer.Written, ticket.AsSpan(NameLength + NonceLength, length), ticket.AsSpan(NameLength + NonceLength + length),
            ticket.AsSpan(0, NameLength));
        return ticket;
    }

    /// <summary>Reads a ticket; null when it is none of ours, or too old.</summary>
    public DtlsResumption? Open(ReadOnlySpan<byte> ticket, DateTimeOffset now)
    {
        Key current = GetCurrent(now, out Key? previous);
        int length = ticket.Length - NameLength - NonceLength - TagLength;
        if (length < 1 || ticket.Length > MaxLength)
            return null;
        Key? key = ticket.StartsWith(current.Name) ? current : previous is not null && ticket.StartsWith(previous.Name) ? previous : null;
        if (key is null)
            return null;
        byte[] state = new byte[length];
        using var gcm = new AesGcm(key.Secret, TagLength);
        try
        {
            gcm.Decrypt(ticket.Slice(NameLength, NonceLength), ticket.Slice(NameLength + NonceLength, length), ticket[^TagLength..], state, ticket[..NameLength]);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var reader = new WireReader(state);
        return DtlsResumption.TryRead(ref reader, out DtlsResumption? resumption) && now - resumption!.Created <= lifetime ? resumption : null;
    }

    private Key GetCurrent(DateTimeOffset now, out Key? previous)
    {
        lock (_lock)
        {
            if (now - _changed >= lifetime)
            {
                // The older key lives as long as the last ticket written with it.
                _previous = now - _changed < lifetime * 2 ? _current : null;
                _current = new Key();
                _changed = now;
            }

            previous = _previous;
            return _current;
        }
    }

    private sealed class Key
    {
        public byte[] Name { get; } = RandomNumberGenerator.GetBytes(NameLength);

        public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);
    }
}
