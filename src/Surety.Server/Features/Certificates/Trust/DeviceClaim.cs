namespace Surety.Server.Features.Certificates;

/// <summary>Which device a peer has proven to be.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="EndpointName">Its name, by certificate or key; null: what it says, since its credential is shared or has no name.</param>
internal readonly record struct DeviceClaim(EntityId AccountId, string? EndpointName)
{
    /// <summary>The device id; none when the credential does not tell.</summary>
    public EntityId DeviceId { get; init; }

    /// <summary>The credential was made for the device of <see cref="DeviceId"/> and no other: when that is deleted, the credential is worth nothing.</summary>
    public bool IsBoundToDevice { get; init; }

    /// <summary>The trusted certificate that vouches for it; none: the platform does, or a key.</summary>
    public EntityId TrustedCertificateId { get; init; }

    /// <summary>Its certificate is a developer certificate, which several devices share.</summary>
    public bool IsDeveloper { get; init; }

    /// <summary>Its certificate has ended; it was let in to get another one.</summary>
    public bool IsExpired { get; init; }
}
