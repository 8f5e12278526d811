using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>An external authority that an account has certificates made by. (certificates, CertificateIssuerInfo.)</summary>
[Audited("certificate_issuer", Label = nameof(Name))]
internal sealed class CertificateIssuer : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public CertificateIssuerType Type { get; init; }

    /// <summary>A JSON object of strings.</summary>
    public required string Attributes { get; set; }

    /// <summary>A JSON object of strings, encrypted by <see cref="Hosting.SecretProtector"/>.</summary>
    [Secret]
    public required byte[] ProtectedCredentials { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What <see cref="ProtectedCredentials"/> are encrypted for.</summary>
    public static string PurposeOf(EntityId id) => $"certificate-issuer/{id}";
}
