using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The private key of a developer certificate; the certificate is the trusted certificate of the same id.</summary>
[Audited("developer_certificate")]
internal sealed class DeveloperCertificate : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>PKCS #8, encrypted by <see cref="Hosting.SecretProtector"/>.</summary>
    [Secret]
    public required byte[] ProtectedKey { get; init; }
}
