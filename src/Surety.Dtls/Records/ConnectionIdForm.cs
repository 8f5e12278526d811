namespace Surety.Dtls;

/// <summary>Which text of the Connection ID extension was negotiated.</summary>
internal enum ConnectionIdForm : byte
{
    None,

    /// <summary>RFC 9146.</summary>
    Rfc9146,

    /// <summary>
    /// draft-ietf-tls-dtls-connection-id-05, extension 254, as Mbed TLS 2.28 has it: the additional data keeps the order of RFC 6347 and has
    /// the Connection ID and its length before the length of the content.
    /// </summary>
    Draft05,
}
