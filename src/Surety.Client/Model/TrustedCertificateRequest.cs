namespace Surety.Client;

/// <summary>What a trusted certificate is made of or changed to; null leaves a member as it is.</summary>
public sealed record TrustedCertificateRequest
{
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
}
