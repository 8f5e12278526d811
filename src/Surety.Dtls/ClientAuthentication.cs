namespace Surety.Dtls;

/// <summary>Whether a server wants to know who its clients are.</summary>
public enum ClientAuthentication
{
    /// <summary>A client without a valid certificate or raw public key is refused.</summary>
    Required,

    /// <summary>A client may come without; what it shows must be valid.</summary>
    Optional,

    /// <summary>Nothing is asked for.</summary>
    None,
}
