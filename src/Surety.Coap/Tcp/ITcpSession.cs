namespace Surety.Coap;

/// <summary>What a connection carries: messages in the layout of RFC 8323, or messages of RFC 7252, one in each TLS record.</summary>
internal interface ITcpSession
{
    PeerKey Key { get; }

    /// <summary>Nothing more is taken in or accepted for sending.</summary>
    bool HasEnded { get; }

    /// <summary>So much waits to be sent that nothing more is taken in (<see cref="CoapTcpOptions.MaxOutgoingBacklog"/>).</summary>
    bool IsStalled { get; }

    /// <summary>Something is still to be sent, whether it may leave already or not.</summary>
    bool HasOutput { get; }

    /// <summary>The length of the message that has begun to arrive, as far as it is known; bytes.</summary>
    int Wanted { get; }

    /// <summary>The longest body that goes into one message to the peer, bytes.</summary>
    int InlineBody { get; }

    /// <summary>The size exponent of blocks for the peer.</summary>
    int SizeExponent { get; }

    /// <summary>The connection is there.</summary>
    void Start(long now);

    /// <summary>Takes what was received.</summary>
    /// <returns>The bytes taken.</returns>
    int Receive(ReadOnlySpan<byte> input, long now);

    /// <summary>The next bytes to send, in one write; they stay until <see cref="OnSent"/>.</summary>
    bool TryPeek(out ReadOnlyMemory<byte> bytes);

    /// <summary>The connection has taken the first <paramref name="count"/> bytes.</summary>
    void OnSent(int count, long now);

    /// <summary>The connection is gone; nothing can be sent any more.</summary>
    void OnTransportClosed(string reason, long now);

    void Send(OutgoingMessage message, long now);

    /// <summary>Asks the peer to finish and to close the connection, where there is a way to ask.</summary>
    void Release(ConnectionRelease release, long now);

    /// <summary>Ends the connection at once, and says why, where there is a way to say it.</summary>
    void Abort(string diagnostic, long now);

    /// <summary>Drops what is still to be sent. Not while bytes that were peeked at are being sent.</summary>
    void ClearOutput();
}
