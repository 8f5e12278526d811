namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>A connection of Pelion's client below CoAP: messages in the layout of RFC 7252, over TLS one in each record, or over DTLS.</summary>
internal interface IPelionConnection : IAsyncDisposable
{
    /// <summary>It goes over TLS.</summary>
    bool IsReliable { get; }

    Task SendAsync(byte[] message);

    /// <summary>The next message.</summary>
    /// <exception cref="IOException">The connection has ended, or nothing comes.</exception>
    Task<byte[]> ReceiveAsync();
}
