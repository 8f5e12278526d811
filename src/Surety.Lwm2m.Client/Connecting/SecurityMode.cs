namespace Surety.Lwm2m.Client;

/// <summary>How an account is secured (LwM2M Core, E.1, resource 2).</summary>
public enum SecurityMode
{
    /// <summary>A key that both sides have.</summary>
    PreSharedKey = 0,

    /// <summary>Raw public keys (RFC 7250).</summary>
    RawPublicKey = 1,

    /// <summary>X.509 certificates.</summary>
    Certificate = 2,

    /// <summary>No security.</summary>
    NoSec = 3,

    /// <summary>X.509 certificates, the client's own one enrolled over EST with a key that it makes itself (RFC 9148).</summary>
    CertificateWithEst = 4,
}
