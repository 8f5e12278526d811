namespace Surety.Dtls;

/// <summary>What a record carries (RFC 5246, 6.2.1; RFC 9146, 4).</summary>
internal enum ContentType : byte
{
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,

    /// <summary>The real type is inside, encrypted.</summary>
    Tls12Cid = 25,

    /// <summary>RFC 9853, 4.</summary>
    ReturnRoutabilityCheck = 27,
}
