namespace Surety.Dtls;

/// <summary>Extensions of the hellos.</summary>
internal enum ExtensionType : ushort
{
    /// <summary>RFC 6066, 3.</summary>
    ServerName = 0,

    /// <summary>RFC 6066, 4.</summary>
    MaxFragmentLength = 1,

    /// <summary>RFC 8422, 5.1.1.</summary>
    SupportedGroups = 10,

    /// <summary>RFC 8422, 5.1.2.</summary>
    EcPointFormats = 11,

    /// <summary>RFC 5246, 7.4.1.4.1.</summary>
    SignatureAlgorithms = 13,

    /// <summary>RFC 7301.</summary>
    ApplicationLayerProtocolNegotiation = 16,

    /// <summary>RFC 7250.</summary>
    ClientCertificateType = 19,

    /// <summary>RFC 7250.</summary>
    ServerCertificateType = 20,

    /// <summary>RFC 7366.</summary>
    EncryptThenMac = 22,

    /// <summary>RFC 7627.</summary>
    ExtendedMasterSecret = 23,

    /// <summary>RFC 8449.</summary>
    RecordSizeLimit = 28,

    /// <summary>RFC 5077.</summary>
    SessionTicket = 35,

    /// <summary>RFC 9146.</summary>
    ConnectionId = 54,

    /// <summary>RFC 9853, 3.</summary>
    ReturnRoutabilityCheck = 61,

    /// <summary>draft-ietf-tls-dtls-connection-id-05, as Mbed TLS 2.28 numbers it.</summary>
    ConnectionIdDraft05 = 254,

    /// <summary>RFC 5746.</summary>
    RenegotiationInfo = 0xFF01,
}
