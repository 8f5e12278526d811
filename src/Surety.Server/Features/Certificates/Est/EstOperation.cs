namespace Surety.Server.Features.Certificates;

/// <summary>What a client asks for (RFC 7030, 3.2.2; RFC 9148, 4.1).</summary>
internal enum EstOperation
{
    /// <summary><c>crts</c>, <c>cacerts</c></summary>
    CaCertificates,

    /// <summary><c>sen</c>, <c>simpleenroll</c></summary>
    SimpleEnroll,

    /// <summary><c>sren</c>, <c>simplereenroll</c></summary>
    SimpleReenroll,

    /// <summary><c>att</c>, <c>csrattrs</c></summary>
    CsrAttributes,

    /// <summary><c>skg</c>, <c>serverkeygen</c>: with the certificate in PKCS #7</summary>
    ServerKeyGeneration,

    /// <summary><c>skc</c>: with the certificate by itself</summary>
    ServerKeyCertificate,
}
