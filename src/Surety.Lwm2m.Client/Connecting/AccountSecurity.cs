namespace Surety.Lwm2m.Client;

/// <summary>The credentials of an account, as they stand in an instance of the Security Object (LwM2M Core, E.1). Never printed.</summary>
public sealed class AccountSecurity
{
    /// <summary>Resource 2.</summary>
    public required SecurityMode Mode { get; init; }

    /// <summary>Resource 3: the PSK identity; DER of our SubjectPublicKeyInfo; DER of our certificate. Empty in mode 4 and without security.</summary>
    public ReadOnlyMemory<byte> PublicKeyOrIdentity { get; init; }

    /// <summary>Resource 4: DER of the server's SubjectPublicKeyInfo or certificate, or of an authority's certificate, or a hash of one of them.</summary>
    public ReadOnlyMemory<byte> ServerPublicKey { get; init; }

    /// <summary>Resource 5: the pre-shared key, or our private key as PKCS #8 (SEC 1 is read as well).</summary>
    public ReadOnlyMemory<byte> SecretKey { get; init; }

    /// <summary>Resource 13: what resource 4 holds; 0 the thing itself, 1 to 3 its SHA-256, SHA-384, SHA-512. Null: 0.</summary>
    public ulong? MatchingType { get; init; }

    /// <summary>Resource 14: the name that the server is asked for by SNI, and that its certificate must have. Null: the host in the URI.</summary>
    public string? Sni { get; init; }

    /// <summary>
    /// Resource 15, what resource 4 means (RFC 6698, 2.1.1): 0 an authority that the chain must contain, 1 the server's certificate, each beside the
    /// client's own anchors; 2 a trust anchor; 3 the server's certificate, whatever its issuer. Null: 3, or 2 when resource 4 is an
    /// authority's certificate, as many bootstrap servers write it.
    /// </summary>
    public ulong? CertificateUsage { get; init; }

    /// <summary>No security.</summary>
    public static AccountSecurity None { get; } = new() { Mode = SecurityMode.NoSec };

    /// <summary>A pre-shared key.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="key">The key.</param>
    public static AccountSecurity FromPreSharedKey(ReadOnlyMemory<byte> identity, ReadOnlyMemory<byte> key) =>
        new() { Mode = SecurityMode.PreSharedKey, PublicKeyOrIdentity = identity, SecretKey = key };
}
