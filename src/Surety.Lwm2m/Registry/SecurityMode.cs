namespace Surety.Lwm2m;

/// <summary>Security Mode: how an account is secured, resource 2 of the Security object (Core TS 1.2.2, E.1).</summary>
public enum SecurityMode
{
    /// <summary>Pre-shared key: identity and key, which both sides have.</summary>
    PreSharedKey = 0,

    /// <summary>Raw public key: a key pair of the device's, and the server's public key (RFC 7250).</summary>
    RawPublicKey = 1,

    /// <summary>Certificate: one for the device with its private key, and the server's or its authority's.</summary>
    Certificate = 2,

    /// <summary>No security.</summary>
    NoSec = 3,

    /// <summary>Certificate with EST: the device makes its key, and has it certified before it registers (Transport TS 1.2.2, 5.2.9.5; RFC 9148).</summary>
    CertificateWithEst = 4,
}
