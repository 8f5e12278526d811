namespace Surety.Client;

/// <summary>An authority or a developer certificate that the account trusts. (<c>/v3/trusted-certificates</c>)</summary>
public sealed record TrustedCertificate
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary><c>bootstrap</c> or <c>lwm2m</c>.</summary>
    public string? Service { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Whether only enrolled devices are let in with it.</summary>
    public bool? EnrollmentMode { get; init; }

    /// <summary>The certificate, PEM.</summary>
    public string? Certificate { get; init; }

    /// <summary>Its SHA-256 fingerprint.</summary>
    public string? CertificateFingerprint { get; init; }

    /// <summary>The subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? Validity { get; init; }

    /// <summary>Whether it holds now.</summary>
    public bool? Valid { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
