namespace Surety.Lwm2m.Server;

/// <summary>Matching Type: resource 13 of the Security object, how Server Public Key tells the server's certificate or key (since LwM2M 1.1).</summary>
public enum MatchingType : byte
{
    /// <summary>The certificate or key itself; what LwM2M 1.0 means.</summary>
    Exact = 0,

    /// <summary>Its SHA-256.</summary>
    Sha256 = 1,

    /// <summary>Its SHA-384.</summary>
    Sha384 = 2,

    /// <summary>Its SHA-512.</summary>
    Sha512 = 3,
}
