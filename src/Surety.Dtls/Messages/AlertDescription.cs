namespace Surety.Dtls;

/// <summary>Why a connection ends (RFC 5246, 7.2; RFC 4279, 2; RFC 6066, 9; RFC 7301, 3.2).</summary>
public enum AlertDescription : byte
{
    /// <summary>The sender will send no more.</summary>
    CloseNotify = 0,

    /// <summary>A message came that has no place in this state.</summary>
    UnexpectedMessage = 10,

    /// <summary>A record failed its verification.</summary>
    BadRecordMac = 20,

    /// <summary>A record was longer than allowed.</summary>
    RecordOverflow = 22,

    /// <summary>No set of parameters is acceptable to both.</summary>
    HandshakeFailure = 40,

    /// <summary>A certificate was corrupt.</summary>
    BadCertificate = 42,

    /// <summary>A certificate is of an unsupported type.</summary>
    UnsupportedCertificate = 43,

    /// <summary>A certificate was revoked.</summary>
    CertificateRevoked = 44,

    /// <summary>A certificate is not valid any more, or not yet.</summary>
    CertificateExpired = 45,

    /// <summary>A certificate is not acceptable for another reason.</summary>
    CertificateUnknown = 46,

    /// <summary>A field is out of range or inconsistent with others.</summary>
    IllegalParameter = 47,

    /// <summary>The chain ends in no trust anchor.</summary>
    UnknownCa = 48,

    /// <summary>The identity is known and not allowed.</summary>
    AccessDenied = 49,

    /// <summary>A message could not be decoded.</summary>
    DecodeError = 50,

    /// <summary>A signature, a Finished or a pre-shared key is not right.</summary>
    DecryptError = 51,

    /// <summary>The version is known and not supported.</summary>
    ProtocolVersion = 70,

    /// <summary>The server demands more security than the client can give.</summary>
    InsufficientSecurity = 71,

    /// <summary>Something that has nothing to do with the peer failed.</summary>
    InternalError = 80,

    /// <summary>The handshake was given up.</summary>
    UserCanceled = 90,

    /// <summary>There is no renegotiation here.</summary>
    NoRenegotiation = 100,

    /// <summary>An extension that was not offered.</summary>
    UnsupportedExtension = 110,

    /// <summary>The server has no such name.</summary>
    UnrecognizedName = 112,

    /// <summary>The server knows no such PSK identity.</summary>
    UnknownPskIdentity = 115,

    /// <summary>None of the application protocols offered is spoken.</summary>
    NoApplicationProtocol = 120,
}
