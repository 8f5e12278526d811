namespace Surety.Pki;

/// <summary>What the certificate at the end of a path is wanted for.</summary>
public enum CertificatePurpose
{
    /// <summary>Anything: neither key usage nor extended key usage of the end is looked at.</summary>
    Any,

    /// <summary>To prove who a client is: digitalSignature and id-kp-clientAuth.</summary>
    Client,

    /// <summary>To prove who a server is: digitalSignature and id-kp-serverAuth.</summary>
    Server,

    /// <summary>To answer for an authority: digitalSignature and id-kp-OCSPSigning, which must be there (RFC 6960, 4.2.2.2).</summary>
    OcspResponder,

    /// <summary>To issue certificates: basicConstraints and keyCertSign.</summary>
    Authority,
}
