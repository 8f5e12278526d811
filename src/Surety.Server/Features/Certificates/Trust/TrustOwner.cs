namespace Surety.Server.Features.Certificates;

/// <summary>An account that trusts an anchor, or has done so.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="TrustedCertificateId">Its trusted certificate.</param>
/// <param name="Service">For which server.</param>
/// <param name="IsActive">The account trusts it now; otherwise every device of it is kept out.</param>
/// <param name="IsDeveloper">It is a developer certificate.</param>
internal sealed record TrustOwner(EntityId AccountId, EntityId TrustedCertificateId, TrustedCertificateService Service, bool IsActive, bool IsDeveloper);
