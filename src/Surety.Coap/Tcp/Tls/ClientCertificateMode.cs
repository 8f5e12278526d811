namespace Surety.Coap;

/// <summary>Whether a TLS server wants to know who its clients are.</summary>
public enum ClientCertificateMode
{
    /// <summary>A client without a valid certificate is refused.</summary>
    Required,

    /// <summary>A client may come without a certificate; one that it shows must be valid.</summary>
    Optional,

    /// <summary>No certificate is asked for.</summary>
    None,
}
