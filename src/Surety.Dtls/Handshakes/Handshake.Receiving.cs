namespace Surety.Dtls;

/// <content>What comes in.</content>
internal abstract partial class Handshake
{
    private const byte Fatal = 2;

    private async ValueTask AdvanceAsync()
    {
        while (Session is null && Failure is null)
        {
            if (_reassembly.TakeNext() is { } message)
            {
                // RFC 5246, 7.4.1.1: it is not part of the transcript, and there is nothing to ask for now.
                if (message.Type == HandshakeType.HelloRequest)
                    continue;
                _transcriptBefore = _transcript.Length;
                _transcript.Bytes(message.Bytes);
                _state = await _state.HandleAsync(message).ConfigureAwait(false);
                _peerRepeats = false;
            }
            else if (!TryReadDeferred())
            {
                break;
            }
        }

        if (_peerRepeats && Session is null && Failure is null)
            Repeat(_now);
        _peerRepeats = false;
    }

    private void ReadDatagram(byte[] datagram)
    {
        Span<byte> rest = datagram;
        int cidLength = ExpectsConnectionId ? Context.Options.ConnectionIdLength : 0;
        while (RecordHeader.TryRead(rest, cidLength, out RecordHeader header))
        {
            Span<byte> record = rest[..(header.HeaderLength + header.Length)];
            rest = rest[record.Length..];
            if (header.Epoch == 0 && header.Type != ContentType.Tls12Cid)
                ReadContent(header.Type, record[header.HeaderLength..], isProtected: false);
            else if (header.Epoch == 1)
                Defer(record);
        }
    }

    /// <summary>Keeps a record until it can be read. The oldest give way: the newest are those that the peer has not repeated yet.</summary>
    private void Defer(ReadOnlySpan<byte> record)
    {
        if (record.Length > MaxKeptBytes)
            return;
        while (_deferred.Count == MaxKept || _deferredBytes + record.Length > MaxKeptBytes)
            _deferredBytes -= _deferred.Dequeue().Length;
        _deferred.Enqueue(record.ToArray());
        _deferredBytes += record.Length;
    }

    /// <summary>Keeps what is for the session (RFC 6347, 4.2.4 leaves that or to drop it); beyond some records the application repeats itself.</summary>
    private void KeepEarly(ContentType type, ReadOnlySpan<byte> content)
    {
        if (Early.Count == MaxKept || _earlyBytes + content.Length > MaxKeptBytes)
            return;
        Early.Enqueue((type, content.ToArray()));
        _earlyBytes += content.Length;
    }

    private void ReadContent(ContentType type, ReadOnlySpan<byte> content, bool isProtected)
    {
        switch (type)
        {
            case ContentType.Handshake:
                ReadFragments(content, isProtected);
                break;
            case ContentType.ChangeCipherSpec when !isProtected:
                _peerChangedCipher |= content is [1];
                break;
            // Alerts of the first epoch prove nothing about who sent them; before there is anything to protect they are believed, so that
            // a peer's refusal is known at once (RFC 6347, 4.1.2.7).
            case ContentType.Alert when content is [Fatal, byte description]:
                Fail(new DtlsAlertException((AlertDescription)description, $"the peer refused the handshake: {(AlertDescription)description}"), isPeers: true);
                break;
            case ContentType.ApplicationData or ContentType.Alert when isProtected:
                KeepEarly(type, content);
                break;
        }
    }

    private void ReadFragments(ReadOnlySpan<byte> content, bool isProtected)
    {
        while (HandshakeHeader.TryRead(content, out HandshakeHeader header))
        {
            ReadOnlySpan<byte> fragment = content.Slice(HandshakeHeader.Size, header.FragmentLength);
            content = content[(HandshakeHeader.Size + header.FragmentLength)..];
            // Exactly the Finished is protected, and must be.
            if (isProtected != (header.Type == HandshakeType.Finished))
                continue;
            if (!isProtected && TakesOutOfSequence(header, fragment))
                continue;
            if (!_reassembly.Add(header, fragment))
                _peerRepeats = true;
        }
    }

    /// <summary>Reads what came protected before there were keys, or before it was known that the peer uses them.</summary>
    private bool TryReadDeferred()
    {
        if (Keys is null || !_peerChangedCipher || _deferred.Count == 0)
            return false;
        byte[][] records = [.. _deferred];
        bool isUnreadable = false, isReadable = false;
        _deferred.Clear();
        _deferredBytes = 0;
        foreach (byte[] record in records)
        {
            if (!RecordHeader.TryRead(record, ExpectsConnectionId ? Context.Options.ConnectionIdLength : 0, out RecordHeader header)
                || (header.Type == ContentType.Tls12Cid) != ExpectsConnectionId || !_window.IsNew(header.SequenceNumber))
                continue;
            if (!RecordProtection.TryOpen(Crypto, Keys, header, record, ConnectionIdForm, out ContentType type, out Span<byte> content))
            {
                isUnreadable = true;
                continue;
            }

            isReadable = true;
            _window.Mark(header.SequenceNumber);
            ReadContent(type, content, isProtected: true);
        }

        // The peer's Finished cannot be decrypted: with a pre-shared key, the key is not the same, or there is none of this identity. The peer is told the
        // same in both cases; the handshake stays for its time, since anybody may have sent the record, also before one that can be read.
        if (isUnreadable && !isReadable && IsServer)
            Outgoing.Add(WriteAlert(AlertDescription.DecryptError));
        return true;
    }

    private byte[] WriteAlert(AlertDescription alert)
    {
        byte[] record = new byte[RecordHeader.Size + 2];
        record[^2] = Fatal;
        record[^1] = (byte)alert;
        WriteRecord(ContentType.Alert, isProtected: false, record, 2);
        return record;
    }

    private void Fail(DtlsAlertException failure, bool isPeers)
    {
        Failure = failure;
        NextTimeout = long.MaxValue;
        if (!isPeers)
            Outgoing.Add(WriteAlert(failure.Alert));
        Keys?.Clear();
    }
}
