namespace Surety.Server.Features.Certificates;

/// <summary>How certificates go to a client over CoAP.</summary>
internal enum EstForm
{
    /// <summary>PKCS #7, Content-Format 281.</summary>
    CertsOnly,

    /// <summary>One certificate, Content-Format 287.</summary>
    Certificate,

    /// <summary>The chain of Pelion's device client, without a Content-Format.</summary>
    PelionChain,

    /// <summary>Key and certificate in PKCS #7, Content-Format 62.</summary>
    KeyAndCertsOnly,

    /// <summary>Key and one certificate, Content-Format 62.</summary>
    KeyAndCertificate,
}
