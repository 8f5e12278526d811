namespace Surety.Dtls;

/// <content>Where peers are (RFC 9146, 6; RFC 9853).</content>
public sealed partial class DtlsEngine
{
    /// <summary>
    /// Where the next record of a session goes. That is where the peer was last; or where it seems to be now, as long as what is sent there is less
    /// than three times what came from there (RFC 9853, 5): to be asked once for each record.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="length">The length of the content, bytes.</param>
    public static PeerAddress GetDestination(DtlsSession session, int length)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.PathCheck is { } check && check.TrySend(GetOverhead(session) + length) ? check.Address : session.Address;
    }

    /// <summary>A record was verified.</summary>
    /// <param name="session">The session.</param>
    /// <param name="from">Where it came from.</param>
    /// <param name="length">The record's length, bytes.</param>
    /// <param name="isNewest">It is newer than all before: only such a one says where the peer is (RFC 9146, 6).</param>
    /// <param name="now">The time.</param>
    private void Locate(DtlsSession session, in PeerAddress from, int length, bool isNewest, long now)
    {
        if (from == session.Address)
        {
            if (isNewest)
                session.PathCheck = null;
        }
        else if (session.ChecksReturnRoutability)
        {
            if (isNewest && (session.PathCheck?.Address != from || IsOver(session.PathCheck, now)))
                session.PathCheck = new PathCheck(from, now);
            if (session.PathCheck is { } check && check.Address == from)
                Check(session, check, length, now);
        }
        else if (isNewest)
        {
            ChangeAddress(session, from, now);
        }
    }

    private void Check(DtlsSession session, PathCheck check, int length, long now)
    {
        check.OnReceived(length);
        Span<byte> challenge = stackalloc byte[PathCheck.MessageLength];
        if (!check.TryChallenge(GetOverhead(session) + PathCheck.MessageLength, now, challenge))
            return;
        Statistics.PathChallenges++;
        TransmitTo(session, check.Address, ContentType.ReturnRoutabilityCheck, challenge);
    }

    private void ReceivePathMessage(DtlsSession session, in PeerAddress from, ReadOnlySpan<byte> content, long now)
    {
        // RFC 9853, 4: other messages are ignored.
        if (content.Length != PathCheck.MessageLength)
            return;
        switch ((PathMessageType)content[0])
        {
            case PathMessageType.PathChallenge:
                // RFC 9853, 5.4: at once, exactly one, to where the challenge came from.
                Span<byte> response = stackalloc byte[PathCheck.MessageLength];
                response[0] = (byte)PathMessageType.PathResponse;
                content[1..].CopyTo(response[1..]);
                TransmitTo(session, from, ContentType.ReturnRoutabilityCheck, response);
                break;
            case PathMessageType.PathResponse when session.PathCheck is { } check && check.Address == from && !IsOver(check, now) && check.IsAnswer(content[1..]):
                session.PathCheck = null;
                Move(session, from);
                break;
        }
    }

    /// <summary>Follows a peer that cannot be asked.</summary>
    private void ChangeAddress(DtlsSession session, in PeerAddress address, long now)
    {
        // A bucket of three: whoever can move valid records elsewhere makes us send there that often, and no more.
        long interval = (long)_options.AddressChangeInterval.TotalMilliseconds;
        long allowed = Math.Max(session.AddressChanges, now - 3 * interval) + interval;
        if (allowed > now)
            return;
        session.AddressChanges = allowed;
        Move(session, address);
    }

    private void Move(DtlsSession session, in PeerAddress address)
    {
        _sessions.Move(session, address);
        Statistics.AddressChanges++;
    }

    private bool IsOver(PathCheck check, long now) => now - check.Started > (long)_options.PathValidationTimeout.TotalMilliseconds;
}
